// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/tls_identity.hpp"

#include <cerrno>
#include <ctime>
#include <system_error>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "drivers/sip/ip_host.hpp"
#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

using BioPtr = std::unique_ptr<BIO, OpenSslFree<BIO_free>>;

using NamesPtr = std::unique_ptr<GENERAL_NAMES, OpenSslFree<GENERAL_NAMES_free>>;

/// Null where there are none.
NamesPtr alternative_names(const X509* certificate) {
  return NamesPtr(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
}

/// "" where it is of another kind.
std::string text_of(const GENERAL_NAME* name, int kind) {
  if (name->type != kind) return {};
  const ASN1_IA5STRING* const text = name->d.ia5;
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

[[noreturn]] void refuse(const char* option, const std::string& message) {
  ERR_clear_error();
  throw Error(Error::Code::invalid, Place{"", 0, std::string("sip.") + option}, message);
}

BioPtr open_file(const char* option, const std::string& path) {
  errno = 0;
  BioPtr file(BIO_new_file(path.c_str(), "r"));
  if (!file) {
    refuse(option, "cannot read " + path + ": " + std::generic_category().message(errno) +
                       "; name a PEM file that this program may read");
  }
  return file;
}

std::vector<X509Ptr> read_certificates(const char* option, const std::string& path) {
  const BioPtr file = open_file(option, path);
  std::vector<X509Ptr> all;
  while (X509* certificate = PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr))
    all.emplace_back(certificate);
  if (all.empty())
    refuse(option, "there is no certificate in " + path + "; expected PEM, \"BEGIN CERTIFICATE\"");
  ERR_clear_error();
  return all;
}

/// No program can be asked for a password when it starts by itself.
int no_password(char*, int, int, void*) { return -1; }

std::string date_of(const ASN1_TIME* time) {
  tm parts{};
  char text[16] = "";
  ASN1_TIME_to_tm(time, &parts);
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

void check_dates(const X509* certificate, const std::string& path, WallTime now) {
  std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  const ASN1_TIME* begin = X509_get0_notBefore(certificate);
  const ASN1_TIME* end = X509_get0_notAfter(certificate);
  if (X509_cmp_time(end, &seconds) < 0) {
    refuse("tls_certificate",
           "the certificate in " + path + " expired on " + date_of(end) + "; put a renewed one there");
  }
  if (X509_cmp_time(begin, &seconds) > 0) {
    refuse("tls_certificate", "the certificate in " + path + " is valid from " + date_of(begin) +
                                  " on only; check this machine's clock");
  }
}

}  // namespace

bool is_certificate_of(const X509* certificate, const std::string& host) {
  const std::string plain(unbracketed(host));
  auto* const shown = const_cast<X509*>(certificate);  // OpenSSL asks for it and changes nothing
  if (is_address(host)) return X509_check_ip_asc(shown, plain.c_str(), 0) == 1;
  const NamesPtr names = alternative_names(certificate);
  const unsigned strict = X509_CHECK_FLAG_NO_WILDCARDS | (names ? X509_CHECK_FLAG_NEVER_CHECK_SUBJECT : 0);
  if (X509_check_host(shown, host.c_str(), host.size(), strict, nullptr) == 1) return true;
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const std::string text = text_of(sk_GENERAL_NAME_value(names.get(), i), GEN_URI);
    const std::optional<SipUri> uri = parse_sip_uri(text);
    if (uri && uri->user.empty() && same_host(uri->host, host)) return true;
  }
  return false;
}

std::string names_in(const X509* certificate) {
  std::string all;
  const NamesPtr names = alternative_names(certificate);
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    for (const int kind : {GEN_DNS, GEN_URI}) {
      const std::string text = text_of(sk_GENERAL_NAME_value(names.get(), i), kind);
      if (!text.empty()) all += (all.empty() ? "" : ", ") + text;
    }
  }
  if (!all.empty()) return all;
  char common[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, common, sizeof common);
  return common;
}

TlsIdentity TlsIdentity::read(const SipTls& options, WallTime now) {
  TlsIdentity identity;
  identity.chain_ = read_certificates("tls_certificate", options.certificate);
  identity.certificate_ = std::move(identity.chain_.front());
  identity.chain_.erase(identity.chain_.begin());
  check_dates(identity.certificate_.get(), options.certificate, now);
  const BioPtr file = open_file("tls_key", options.key);
  identity.key_.reset(PEM_read_bio_PrivateKey(file.get(), nullptr, no_password, nullptr));
  if (!identity.key_) {
    refuse("tls_key", "there is no private key in " + options.key +
                          " that can be read without a password; expected PEM, \"BEGIN PRIVATE KEY\"");
  }
  if (X509_check_private_key(identity.certificate_.get(), identity.key_.get()) != 1) {
    refuse("tls_key", "the key in " + options.key + " does not belong to the certificate in " +
                          options.certificate + "; name the two that were made together");
  }
  if (!options.authorities.empty())
    identity.trusted_ = read_certificates("tls_authorities", options.authorities);
  return identity;
}

std::string TlsIdentity::pem() const {
  const BioPtr text(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(text.get(), certificate_.get());
  PEM_write_bio_PrivateKey(text.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  char* begin = nullptr;
  const long size = BIO_get_mem_data(text.get(), &begin);
  return std::string(begin, static_cast<std::size_t>(size));
}

void TlsIdentity::apply(SSL_CTX* context) const {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_use_cert_and_key(context, certificate_.get(), key_.get(), nullptr, 1);
  SSL_CTX_clear_chain_certs(context);
  for (const X509Ptr& one : chain_) SSL_CTX_add1_chain_cert(context, one.get());
  X509_STORE* store = X509_STORE_new();
  STACK_OF(X509_NAME)* names = sk_X509_NAME_new_null();
  for (const X509Ptr& one : trusted_) {
    X509_STORE_add_cert(store, one.get());
    sk_X509_NAME_push(names, X509_NAME_dup(X509_get_subject_name(one.get())));
  }
  SSL_CTX_set_cert_store(context, store);
  SSL_CTX_set_client_CA_list(context, names);
  // Who resumes a session would not see the certificate of today.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
}

}  // namespace vcsr::sip

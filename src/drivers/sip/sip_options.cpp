// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_options.hpp"

#include <algorithm>
#include <set>

#include "drivers/sip/ip_host.hpp"
#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

[[noreturn]] void refuse(const std::string& field, const std::string& message) {
  throw Error(Error::Code::invalid, Place{"", 0, "sip." + field}, message);
}

bool plain(const std::string& text, const char* but) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [but](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7f ||
           std::string_view(but).find(c) != std::string_view::npos;
  });
}

void check_user(const std::string& field, const std::string& user) {
  if (!plain(user, "@:;?<>\"\\")) {
    refuse(field, "expected a name without spaces and @ : ; ? < > \" \\, got \"" + user + "\"");
  }
}

void check_media(const SipOptions& options) {
  if (options.rtp_first % 2 != 0) {
    refuse("rtp_first", "expected an even port, got " + std::to_string(options.rtp_first));
  }
  if (options.rtp_first == 0 || options.rtp_last < options.rtp_first) {
    refuse("rtp_last", "expected a port from rtp_first (" + std::to_string(options.rtp_first) +
                           ") upwards, got " + std::to_string(options.rtp_last));
  }
  if (options.codecs.empty()) refuse("codecs", "expected at least one of pcmu, pcma, g722 and opus");
  if (std::set<SipCodec>(options.codecs.begin(), options.codecs.end()).size() != options.codecs.size()) {
    refuse("codecs", "a codec is named twice");
  }
  if (options.rtp_threads < 1 || options.rtp_threads > 64)
    refuse("rtp_threads", "expected 1 to 64, got " + std::to_string(options.rtp_threads));
  if (options.media_timeout < Duration::zero()) refuse("media_timeout", "expected 0 (never) or more");
}

void check_accounts(const SipOptions& options) {
  if (!plain(options.realm, "\"\\"))
    refuse("realm", "expected a word without spaces and quotes, got \"" + options.realm + "\"");
  std::set<std::string> users;
  for (const SipAccount& account : options.accounts) {
    check_user("accounts", account.user);
    if (account.password.empty()) refuse("accounts", "\"" + account.user + "\" has no password");
    if (!users.insert(account.user).second) refuse("accounts", "\"" + account.user + "\" is named twice");
  }
}

void check_transport(const SipOptions& options, const char* list, const std::string& address) {
  if (parse_sip_uri(address)->tls() && !options.tls)
    refuse(list, address + ": TLS needs a certificate of ours; set sip.tls_certificate and sip.tls_key");
}

void check_registrations(const SipOptions& options) {
  if (options.lookup_every < std::chrono::seconds(1)) refuse("lookup_every", "expected at least 1 s");
  for (const SipRegistration& registration : options.registrations) {
    const std::optional<SipUri> uri = parse_sip_uri(registration.registrar);
    if (!uri || uri->host.empty()) {
      refuse("registrations",
             "expected \"sip:host\" or \"sip:host:port\", got \"" + registration.registrar + "\"");
    }
    check_transport(options, "registrations", registration.registrar);
    check_user("registrations", registration.user);
    if (registration.expires < std::chrono::seconds(10))
      refuse("registrations", "expires: expected at least 10 s");
  }
}

bool is_prefix(const std::string& prefix) {
  const std::string_view digits = std::string_view(prefix).substr(prefix.starts_with('+') ? 1 : 0);
  return !digits.empty() && digits.find_first_not_of("0123456789*#") == digits.npos;
}

void check_prefixes(const std::string& trunk, const char* list, const std::vector<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    if (!is_prefix(prefix))
      refuse("trunks",
             trunk + ": " + list + ": expected how numbers begin, such as \"+86\", got \"" + prefix + "\"");
  }
}

void check_trunks(const SipOptions& options) {
  for (const SipTrunk& trunk : options.trunks) {
    const std::optional<SipUri> uri = parse_sip_uri(trunk.address);
    if (!uri || uri->host.empty() || !uri->user.empty())
      refuse("trunks",
             "expected an address \"sip:host\" or \"sip:host:port\", got \"" + trunk.address + "\"");
    check_transport(options, "trunks", trunk.address);
    if (!trunk.tls_name.empty() && !uri->tls())
      refuse("trunks",
             trunk.address + ": tls_name stands for nothing without \";transport=tls\" in the address");
    if (!trunk.user.empty() || trunk.registers) check_user("trunks", trunk.user);
    if (trunk.expires < std::chrono::seconds(10)) refuse("trunks", "expires: expected at least 10 s");
    if (trunk.answer_time < std::chrono::seconds(1)) refuse("trunks", "answer_time: expected at least 1 s");
    if (trunk.check_every != Duration::zero() && trunk.check_every < std::chrono::seconds(1))
      refuse("trunks", "check_every: expected at least 1 s, or 0 for never");
    check_prefixes(trunk.address, "prefixes", trunk.prefixes);
    check_prefixes(trunk.address, "denied", trunk.denied);
  }
}

void check_recorder(const SipOptions& options) {
  if (options.recorder.empty()) return;
  const std::optional<SipUri> uri = parse_sip_uri(options.recorder);
  if (!uri || uri->host.empty())
    refuse("recorder", "expected \"sip:host\" or \"sip:user@host:port\", got \"" + options.recorder + "\"");
  check_transport(options, "recorder", options.recorder);
  if (!options.recorder_user.empty()) check_user("recorder_user", options.recorder_user);
  if (options.encryption == SipEncryption::required && options.recorder_encryption != SipEncryption::required)
    refuse("recorder_encryption", "expected \"required\", as encryption is for calls");
}

void check_tls(const SipOptions& options) {
  if (!options.tls) return;
  if (options.tls->certificate.empty()) refuse("tls_certificate", "expected a PEM file with the certificate");
  if (options.tls->key.empty()) refuse("tls_key", "expected a PEM file with the private key");
  if (options.tls->port != 0 && options.tls->port == options.port)
    refuse("tls_port", "expected another port than sip.port, got " + std::to_string(options.port));
  if (options.tls->verify != SipTls::Verify::nobody && options.tls->authorities.empty())
    refuse("tls_authorities", "expected a PEM file with the authorities to verify certificates by");
}

void check_address(const std::string& field, const std::string& address) {
  if (is_link_local(address))
    refuse(field,
           "a link-local address needs a zone, which SIP cannot tell: expected another address of "
           "this machine, such as a unique local one (fd00::/8), got \"" +
               address + "\"");
  if (!ip_version(address))
    refuse(field, "expected an IP address such as 127.0.0.1 or ::1, got \"" + address + "\"");
}

void check_addresses(const SipOptions& options) {
  check_address("address", options.address);
  if (options.second_address.empty()) return;
  check_address("second_address", options.second_address);
  const bool v4 = ip_version(options.address) == IpVersion::v4;
  if (ip_version(options.address) == ip_version(options.second_address))
    refuse("second_address", std::string("expected an IPv") + (v4 ? "6" : "4") +
                                 " address, for sip.address is one of IPv" + (v4 ? "4" : "6") + ", got \"" +
                                 options.second_address + "\"");
}

}  // namespace

void check(const SipOptions& options) {
  check_addresses(options);
  if (!plain(options.user_agent, "<>@:;?\"\\")) {
    refuse("user_agent", "expected a word without spaces and signs, got \"" + options.user_agent + "\"");
  }
  if (options.session_expires < std::chrono::seconds(90)) {
    refuse("session_expires", "expected at least 90 s (RFC 4028)");
  }
  if (options.max_calls == 0) refuse("max_calls", "expected at least 1");
  check_tls(options);
  check_media(options);
  check_accounts(options);
  check_registrations(options);
  check_trunks(options);
  check_recorder(options);
}

}  // namespace vcsr::sip

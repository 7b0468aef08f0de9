// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <openssl/ssl.h>

#include "vcsr/base/time.hpp"
#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

template <auto free>
struct OpenSslFree {
  template <class Object>
  void operator()(Object* object) const {
    free(object);
  }
};
using X509Ptr = std::unique_ptr<X509, OpenSslFree<X509_free>>;

/// Whether a SIP server of this host may show the certificate (RFC 5922 §7.1): by a DNS name or a SIP URI
/// without a user, by an address where the host is one, or by the common name where there are none of these.
/// A name with a wildcard stands for itself only.
bool is_certificate_of(const X509* certificate, const std::string& uri_host);
/// For people: "pbx.example, sip:pbx.example".
std::string names_in(const X509* certificate);

/// The certificate, its chain, its key and whom we trust, as the files of SipTls have them.
class TlsIdentity {
 public:
  /// Throws Error(invalid) naming the file and the remedy for one that is missing, is no PEM, does not
  /// belong to the others, or is out of date.
  static TlsIdentity read(const SipTls& options, WallTime now);

  /// The certificate and the key as one PEM text.
  std::string pem() const;
  /// Connections made of the context from now on show this certificate; those there are go on.
  void apply(SSL_CTX* context) const;

 private:
  X509Ptr certificate_;
  std::vector<X509Ptr> chain_, trusted_;
  std::unique_ptr<EVP_PKEY, OpenSslFree<EVP_PKEY_free>> key_;
};

}  // namespace vcsr::sip

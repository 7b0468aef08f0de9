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

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include <openssl/ssl.h>

#include "drivers/sip/ip_host.hpp"
#include "drivers/sip/rtp/rtp_address.hpp"
#include "drivers/sip/tls_identity.hpp"
#include "vcsr/base/log.hpp"

namespace vcsr::sip {

/// The TLS contexts that sofia makes for its transports and keeps to itself. OpenSSL tells of each as it is
/// made, so that we can give it a chain, a smallest version and, as long as it lives, new certificates.
class TlsContext {
 public:
  /// Reads the files. Throws Error(invalid).
  TlsContext(const SipTls& options, WallTime now, Log log);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  /// Where sofia finds what it wants to read at its start; there between these two calls, on one thread.
  const std::string& lend();
  const std::string& folder() const { return folder_; }
  /// Throws Error(unavailable) when sofia has made no context.
  void take_back();

  /// Who is connected to there must show a certificate for this host or, where several are told, one of them.
  void expect(const RtpAddress& place, const std::string& host) { expected_[to_string(place)].insert(host); }

  /// Looks whether the files have changed and takes them if they are good; says so in the log.
  void refresh(WallTime now);

 private:
  /// Name, time and size of what the files are now.
  std::vector<std::string> look() const;
  void remove_folder() noexcept;
  static void on_progress(const SSL* connection, int place, int result);
  static int on_verify(X509_STORE_CTX* chain, void* context);
  bool suits(const X509* certificate, int socket) const;

  SipTls options_;
  Log log_;
  TlsIdentity identity_;
  std::vector<std::string> seen_;
  std::string folder_;
  int memory_ = -1;
  std::vector<SSL_CTX*> contexts_;
  std::map<std::string, std::set<std::string>> expected_;
};

}  // namespace vcsr::sip

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>
#include <vector>

#include <openssl/ssl.h>

#include "drivers/sip/sofia.hpp"

namespace vcsr::sip {

/// Frees the TLS session of each connection that has ended: sofia-sip 1.12 closes it and forgets it, some 60
/// KB for every connection that anybody makes. OpenSSL tells of sessions as they are made, and sofia's memory
/// of the connection tells when it goes. A sofia that frees sessions itself is left to it. Lives on sofia's
/// thread, from before the first connection until after the last.
class TlsSessions {
 public:
  explicit TlsSessions(su_root_t* root);
  ~TlsSessions();
  TlsSessions(const TlsSessions&) = delete;
  TlsSessions& operator=(const TlsSessions&) = delete;

 private:
  static void on_made(void* session, void*, CRYPTO_EX_DATA*, int, long, void*);
  static void on_freed(void* session, void*, CRYPTO_EX_DATA*, int, long, void*);
  static void on_settled(NuaCore*, su_msg_r, WakeMessage* message);
  static void on_connection_gone(void* connection);

  /// sofia gives a session its connection after making it: what is new is looked at once sofia is done with
  /// it.
  void look_later();
  void watch(SSL* session);

  su_root_t* root_;
  std::vector<SSL*> made_;
  std::unordered_map<void*, SSL*> of_connection_;
};

}  // namespace vcsr::sip

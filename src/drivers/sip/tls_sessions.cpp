// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/tls_sessions.hpp"

#include <algorithm>
#include <utility>

#include <fcntl.h>

#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

thread_local TlsSessions* of_thread = nullptr;

/// How many programs' data a session may hold.
constexpr int most_owners = 64;

/// What sofia keeps of a TLS connection begins so.
struct Connection {
  su_home_t home[1];
  SSL_CTX* context;
  SSL* session;
};

/// Null when sofia has let go of the session or never took it.
Connection* connection_of(SSL* session) {
  for (int owner = 0; owner < most_owners; ++owner) {
    auto* connection = static_cast<Connection*>(SSL_get_ex_data(session, owner));
    if (connection && connection->session == session) return connection;
  }
  return nullptr;
}

bool is_open(BIO* transport) {
  int descriptor = -1;
  BIO_get_fd(transport, &descriptor);
  return ::fcntl(descriptor, F_GETFD) != -1;
}

/// At the end of a connection sofia gives back one reference to the transport and one to the context that are
/// the session's.
void keep_parts(SSL* session) {
  BIO_up_ref(SSL_get_rbio(session));
  SSL_CTX_up_ref(SSL_get_SSL_CTX(session));
}

void give_back_parts(SSL* session) {
  BIO_free(SSL_get_rbio(session));
  SSL_CTX_free(SSL_get_SSL_CTX(session));
}

}  // namespace

TlsSessions::TlsSessions(su_root_t* root) : root_(root) {
  static const int index =
      CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL, 0, nullptr, on_made, nullptr, on_freed);
  VCSR_ASSERT(index >= 0 && !of_thread);
  of_thread = this;
}

TlsSessions::~TlsSessions() { of_thread = nullptr; }

void TlsSessions::on_made(void* session, void*, CRYPTO_EX_DATA*, int, long, void*) {
  if (!of_thread) return;
  of_thread->made_.push_back(static_cast<SSL*>(session));
  if (of_thread->made_.size() == 1) of_thread->look_later();
}

void TlsSessions::on_freed(void* session, void*, CRYPTO_EX_DATA*, int, long, void*) {
  if (!of_thread) return;
  std::erase(of_thread->made_, session);
  const auto freed = std::find_if(of_thread->of_connection_.begin(), of_thread->of_connection_.end(),
                                  [&](const auto& one) { return one.second == session; });
  if (freed == of_thread->of_connection_.end()) return;
  give_back_parts(freed->second);
  of_thread->of_connection_.erase(freed);
}

void TlsSessions::look_later() {
  su_msg_r message = SU_MSG_R_INIT;
  if (su_msg_create(message, su_root_task(root_), su_task_null, &on_settled, sizeof(WakeMessage)) != 0)
    return;
  su_msg_data(message)->impl = this;
  su_msg_send(message);
}

void TlsSessions::on_settled(NuaCore*, su_msg_r, WakeMessage* message) {
  TlsSessions& self = *static_cast<TlsSessions*>(message->impl);
  for (SSL* session : std::exchange(self.made_, {})) self.watch(session);
}

void TlsSessions::watch(SSL* session) {
  BIO* transport = SSL_get_rbio(session);
  if (!transport) return;
  const bool over = !is_open(transport);  // it failed as it was made
  Connection* connection = over ? nullptr : connection_of(session);
  if (!over && (!connection || su_home_destructor(connection->home, on_connection_gone) != 0)) return;
  keep_parts(session);
  if (over) SSL_free(session);
  else of_connection_.emplace(connection, session);
}

void TlsSessions::on_connection_gone(void* connection) {
  if (!of_thread) return;
  const auto gone = of_thread->of_connection_.find(connection);
  if (gone == of_thread->of_connection_.end()) return;
  SSL* session = gone->second;
  of_thread->of_connection_.erase(gone);
  SSL_free(session);
}

}  // namespace vcsr::sip

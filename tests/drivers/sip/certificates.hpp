// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "certificate_folder.hpp"
#include "drivers/sip/tls_identity.hpp"

namespace vcsr::test {

class Certificates : public CertificateFolder {
 public:
  SipTls options(const std::string& name) const {
    SipTls tls;
    tls.port = 0;
    tls.certificate = path(name + ".pem");
    tls.key = path(name + ".key");
    return tls;
  }
};

inline int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in there{};
  there.sin_family = AF_INET;
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  there.sin_port = htons(port);
  REQUIRE(::connect(socket, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0);
  return socket;
}

inline void connect_and_leave(std::uint16_t port, const std::string& words) {
  const int socket = connect_to(port);
  CHECK(::send(socket, words.data(), words.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(words.size()));
  ::close(socket);
}

/// What a client sees that connects to the port: the common name of the certificate, "" without a
/// handshake. With a smaller version than TLS 1.2 wished for.
inline std::string certificate_shown(std::uint16_t port, int version = TLS1_3_VERSION) {
  const int socket = connect_to(port);
  std::string name;
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_max_proto_version(context, version);
  SSL_CTX_set_security_level(context, 0);
  SSL* connection = SSL_new(context);
  SSL_set_fd(connection, socket);
  if (SSL_connect(connection) == 1) {
    if (X509* shown = SSL_get1_peer_certificate(connection)) {
      char text[64] = "";
      X509_NAME_get_text_by_NID(X509_get_subject_name(shown), NID_commonName, text, sizeof text);
      name = text;
      X509_free(shown);
    }
  }
  SSL_free(connection);
  SSL_CTX_free(context);
  ::close(socket);
  return name;
}

}  // namespace vcsr::test

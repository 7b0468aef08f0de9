// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "drivers/sip/tls_identity.hpp"

namespace vcsr::test {

/// A folder with certificates made for one test.
class Certificates {
 public:
  Certificates()
      : folder_(std::filesystem::temp_directory_path() / ("vcsr-tls-test-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~Certificates() { std::filesystem::remove_all(folder_); }
  Certificates(const Certificates&) = delete;
  Certificates& operator=(const Certificates&) = delete;

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }

  /// NAME.pem and NAME.key, valid from `begin` to `end` seconds from now; `names`: "DNS:a.example,URI:sip:b".
  void make(const std::string& file, const std::string& common_name, long begin = -60, long end = 3600,
            const std::string& names = {}) const {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* made = X509_new();
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial_);
    X509_gmtime_adj(X509_getm_notBefore(made), begin);
    X509_gmtime_adj(X509_getm_notAfter(made), end);
    X509_set_pubkey(made, key);
    X509_NAME* name = X509_get_subject_name(made);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
    X509_set_issuer_name(made, name);
    if (!names.empty()) {
      X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
      X509_add_ext(made, extension, -1);
      X509_EXTENSION_free(extension);
    }
    X509_sign(made, key, EVP_sha256());
    std::FILE* certificates = std::fopen(path(file + ".pem").c_str(), "w");
    PEM_write_X509(certificates, made);
    std::fclose(certificates);
    std::FILE* keys = std::fopen(path(file + ".key").c_str(), "w");
    PEM_write_PrivateKey(keys, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(keys);
    X509_free(made);
    EVP_PKEY_free(key);
  }

  SipTls options(const std::string& name) const {
    SipTls tls;
    tls.port = 0;
    tls.certificate = path(name + ".pem");
    tls.key = path(name + ".key");
    return tls;
  }

 private:
  std::filesystem::path folder_;
  static inline long serial_ = 0;
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

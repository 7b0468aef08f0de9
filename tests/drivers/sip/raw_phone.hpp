// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vcsr::test {

/// A telephone that sends whatever it likes: a UDP socket and some text.
class RawPhone {
 public:
  explicit RawPhone(std::uint16_t server, std::uint32_t address = INADDR_LOOPBACK, std::uint16_t port = 0) {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(address);
    any.sin_port = htons(port);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&any), sizeof any);
    socklen_t size = sizeof any;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&any), &size);
    port_ = ntohs(any.sin_port);
    call_id = "call" + std::to_string(port_);
    if (server != 0) talk_to(server);
  }
  ~RawPhone() { ::close(socket_); }
  RawPhone(const RawPhone&) = delete;
  RawPhone& operator=(const RawPhone&) = delete;

  void talk_to(std::uint16_t server) const {
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    there.sin_port = htons(server);
    ::connect(socket_, reinterpret_cast<sockaddr*>(&there), sizeof there);
  }

  std::uint16_t port() const { return port_; }
  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

  void send(std::string_view text) const { ::send(socket_, text.data(), text.size(), 0); }
  /// "" when nothing comes within the limit.
  std::string receive(int milliseconds = 5000) const {
    pollfd ready{socket_, POLLIN, 0};
    char text[65536];
    if (::poll(&ready, 1, milliseconds) != 1) return {};
    const ssize_t size = ::recv(socket_, text, sizeof text, 0);
    return size < 0 ? std::string() : std::string(text, static_cast<std::size_t>(size));
  }
  /// The first message that begins so; those before are passed over.
  std::string receive(std::string_view beginning) const {
    for (int i = 0; i < 50; ++i) {
      const std::string text = receive();
      if (text.empty() || text.starts_with(beginning)) return text;
    }
    return {};
  }

  /// A request of a call or a transaction of its own; `more` are further header lines, each with its end.
  std::string request(const std::string& method, const std::string& uri, int sequence, const std::string& to,
                      const std::string& more = {}, const std::string& body = {}) const {
    return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + host() + ";branch=z9hG4bK" + call_id +
           std::to_string(sequence) + method + ";rport\r\nMax-Forwards: 70\r\nFrom: <sip:raw@" + host() +
           ">;tag=raw" + call_id + "\r\nTo: " + to + "\r\nCall-ID: " + call_id +
           "\r\nCSeq: " + std::to_string(sequence) + " " + method + "\r\nContact: <sip:raw@" +
           (contact.empty() ? host() : contact) + ">\r\n" + more +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }

  /// Answers a request.
  void reply(const std::string& request, const std::string& status, const std::string& more = {},
             const std::string& body = {}) const {
    std::string text = "SIP/2.0 " + status + "\r\n";
    for (const char* name : {"Via", "From", "Call-ID", "CSeq"})
      text += std::string(name) + ": " + header(request, name) + "\r\n";
    const std::string to = header(request, "To");
    text += "To: " + to + (to.find(";tag=") == std::string::npos ? ";tag=there" : "") + "\r\n";
    if (says_where) text += "Contact: <sip:" + (contact.empty() ? host() : contact) + ">\r\n";
    send(text + more + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }

  /// The value of a header, "" without one.
  static std::string header(const std::string& message, const std::string& name) {
    const std::size_t at = message.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 4;
    return message.substr(begin, message.find("\r\n", begin) - begin);
  }

  std::string call_id;
  std::string contact;     ///< another address than ours; empty: ours
  bool says_where = true;  ///< its responses have a Contact

 private:
  int socket_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  std::uint16_t port_ = 0;
};

}  // namespace vcsr::test

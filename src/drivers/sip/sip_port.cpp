// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_port.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

class ProbeSocket {
 public:
  explicit ProbeSocket(int type) : type_(type), socket_(::socket(AF_INET, type | SOCK_CLOEXEC, 0)) {}
  ~ProbeSocket() {
    if (socket_ >= 0) ::close(socket_);
  }
  ProbeSocket(const ProbeSocket&) = delete;
  ProbeSocket& operator=(const ProbeSocket&) = delete;

  /// 0, or what errno says.
  int bind(sockaddr_in address) const {
    const int yes = 1;
    // Connections of a run before ours that linger in TIME_WAIT are no obstacle.
    if (type_ == SOCK_STREAM) ::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (socket_ < 0 || ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      return errno;
    return type_ == SOCK_STREAM && ::listen(socket_, 1) != 0 ? errno : 0;
  }
  in_port_t port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    return address.sin_port;
  }

 private:
  int type_;
  int socket_;
};

/// 0 and the port in `place`, or what errno says.
int probe(sockaddr_in& place, bool udp_too) {
  const ProbeSocket udp(SOCK_DGRAM), tcp(SOCK_STREAM);
  if (udp_too) {
    if (const int error = udp.bind(place)) return error;
    place.sin_port = udp.port();
  }
  const int error = tcp.bind(place);
  place.sin_port = tcp.port();
  return error;
}

std::uint16_t free_port(const std::string& address, std::uint16_t port, bool udp_too, const char* option) {
  sockaddr_in wanted{};
  wanted.sin_family = AF_INET;
  wanted.sin_port = htons(port);
  ::inet_pton(AF_INET, address.c_str(), &wanted.sin_addr);
  int error = 0;
  for (int attempt = 0; attempt < (port == 0 ? 20 : 1); ++attempt) {
    sockaddr_in place = wanted;
    error = probe(place, udp_too);
    if (error == 0) return ntohs(place.sin_port);
  }
  const std::string where = address + ":" + std::to_string(port);
  const std::string remedy = error == EADDRINUSE
                                 ? "stop the program that has it, or set another " + std::string(option)
                                 : "set sip.address to one of this machine's addresses";
  throw Error(Error::Code::unavailable, "SIP: cannot listen at " + where + ": " +
                                            std::generic_category().message(error) + "; " + remedy);
}

}  // namespace

std::uint16_t free_sip_port(const std::string& address, std::uint16_t port) {
  return free_port(address, port, true, "sip.port");
}

std::uint16_t free_tls_port(const std::string& address, std::uint16_t port) {
  return free_port(address, port, false, "sip.tls_port");
}

std::string resolve_ipv4(const std::string& host) {
  addrinfo wanted{};
  wanted.ai_family = AF_INET;
  wanted.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0 || !found) return {};
  char text[INET_ADDRSTRLEN] = "";
  ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(found->ai_addr)->sin_addr, text, sizeof text);
  ::freeaddrinfo(found);
  return text;
}

}  // namespace vcsr::sip

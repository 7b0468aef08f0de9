// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_port.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drivers/sip/rtp/system_address.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

class ProbeSocket {
 public:
  ProbeSocket(int family, int type) : type_(type), socket_(::socket(family, type | SOCK_CLOEXEC, 0)) {}
  ~ProbeSocket() {
    if (socket_ >= 0) ::close(socket_);
  }
  ProbeSocket(const ProbeSocket&) = delete;
  ProbeSocket& operator=(const ProbeSocket&) = delete;

  /// 0, or what errno says.
  int bind(const RtpAddress& wanted) const {
    const SystemAddress address(wanted);
    const int yes = 1;
    // Connections of a run before ours that linger in TIME_WAIT are no obstacle.
    if (type_ == SOCK_STREAM) ::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (socket_ < 0 || ::bind(socket_, &address.any, address.length) != 0) return errno;
    return type_ == SOCK_STREAM && ::listen(socket_, 1) != 0 ? errno : 0;
  }
  std::uint16_t port() const {
    SystemAddress address;
    ::getsockname(socket_, &address.any, &address.length);
    return address.read().port;
  }

 private:
  int type_;
  int socket_;
};

/// 0 and the port in `place`, or what errno says.
int probe(RtpAddress& place, bool udp_too) {
  const int family = place.version() == IpVersion::v4 ? AF_INET : AF_INET6;
  const ProbeSocket udp(family, SOCK_DGRAM), tcp(family, SOCK_STREAM);
  if (udp_too) {
    if (const int error = udp.bind(place)) return error;
    place.port = udp.port();
  }
  const int error = tcp.bind(place);
  place.port = tcp.port();
  return error;
}

std::uint16_t free_port(const std::string& address, std::uint16_t port, bool udp_too, const char* option) {
  const RtpAddress wanted = RtpAddress::parse(address, port);
  int error = 0;
  for (int attempt = 0; attempt < (port == 0 ? 20 : 1); ++attempt) {
    RtpAddress place = wanted;
    error = probe(place, udp_too);
    if (error == 0) return place.port;
  }
  const std::string where = to_string(wanted);
  const std::string remedy = error == EADDRINUSE
                                 ? "stop the program that has it, or set another " + std::string(option)
                                 : "set sip.address to one of this machine's addresses";
  throw Error(Error::Code::unavailable, "SIP: cannot listen at " + where + ": " +
                                            std::generic_category().message(error) + "; " + remedy);
}

std::vector<std::string> addresses_of(const std::string& host, IpVersion version) {
  addrinfo wanted{};
  wanted.ai_family = version == IpVersion::v4 ? AF_INET : AF_INET6;
  wanted.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  std::vector<std::string> all;
  if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return all;
  for (const addrinfo* one = found; one; one = one->ai_next) {
    char text[INET6_ADDRSTRLEN] = "";
    if (::getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
      all.push_back(bracketed(text));
  }
  ::freeaddrinfo(found);
  return all;
}

}  // namespace

std::uint16_t free_sip_port(const std::string& address, std::uint16_t port) {
  return free_port(address, port, true, "sip.port");
}

std::uint16_t free_tls_port(const std::string& address, std::uint16_t port) {
  return free_port(address, port, false, "sip.tls_port");
}

std::vector<std::string> addresses_of(const std::string& host, IpVersion version, bool other) {
  std::vector<std::string> all = addresses_of(host, version);
  if (!other) return all;
  for (std::string& address : addresses_of(host, version == IpVersion::v4 ? IpVersion::v6 : IpVersion::v4))
    all.push_back(std::move(address));
  return all;
}

}  // namespace vcsr::sip

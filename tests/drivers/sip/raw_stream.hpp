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

/// A TCP connection that sends whatever it likes.
class RawStream {
 public:
  explicit RawStream(std::uint16_t server) {
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    there.sin_port = htons(server);
    ::connect(socket_, reinterpret_cast<sockaddr*>(&there), sizeof there);
  }
  ~RawStream() { ::close(socket_); }
  RawStream(const RawStream&) = delete;
  RawStream& operator=(const RawStream&) = delete;

  /// As much at once as the connection takes, while what comes is read, until `last` came, the server has
  /// closed or nothing happens any more. What came.
  std::string exchange(std::string_view text, std::string_view last) const {
    std::string came;
    pollfd ready{socket_, POLLIN, 0};
    for (char buffer[65536];;) {
      ready.events = static_cast<short>(POLLIN | (text.empty() ? 0 : POLLOUT));
      if (::poll(&ready, 1, 5000) != 1) return came;
      if ((ready.revents & POLLOUT) != 0) {
        const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) text.remove_prefix(static_cast<std::size_t>(sent));
      }
      if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
      const ssize_t read = ::recv(socket_, buffer, sizeof buffer, MSG_DONTWAIT);
      if (read <= 0) return came;
      came.append(buffer, static_cast<std::size_t>(read));
      if (came.find(last) != came.npos) return came;
    }
  }

 private:
  int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
};

}  // namespace vcsr::test

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "vcsr/base/asio_loop.hpp"

namespace vcsr::testing {

/// A blocking client on loopback, for a thread of its own.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval limit{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~HttpClient() { ::close(socket_); }
  HttpClient(const HttpClient&) = delete;

  bool connected() const { return connected_; }
  void send(const std::string& text) {
    if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) < 0) connected_ = false;
  }
  /// Until the text has come, or the server closed, or ten seconds passed; all that came so far.
  const std::string& read_until(const std::string& text) {
    while (received_.find(text) == std::string::npos && read_some()) {
    }
    return received_;
  }
  const std::string& read_all() {
    while (read_some()) {
    }
    return received_;
  }

 private:
  bool read_some() {
    char buffer[4096];
    const ssize_t size = ::recv(socket_, buffer, sizeof buffer, 0);
    if (size > 0) received_.append(buffer, static_cast<std::size_t>(size));
    return size > 0;
  }

  int socket_;
  bool connected_ = false;
  std::string received_;
};

/// Runs the loop while `client` runs on a thread of its own.
inline void run_beside(AsioLoop& loop, const std::function<void()>& client) {
  std::thread thread([&] {
    client();
    loop.stop();
  });
  loop.run();
  thread.join();
}

}  // namespace vcsr::testing

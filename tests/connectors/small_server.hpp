// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace vcsr::testing {

/// A host on loopback with a thread per connection, for tests of those who ask it.
class SmallServer {
 public:
  /// One connection as the host sees it.
  class Talk {
   public:
    Talk(int socket, const std::atomic<bool>& ends) : socket_(socket), ends_(ends) {}
    /// Up to the end of `mark`; what came so far when the other side has gone.
    std::string read_until(const std::string& mark);
    std::string read(std::size_t size);
    void write(const std::string& text);
    /// Says nothing until the test is over or the other side has gone.
    void stall();

   private:
    bool more();

    int socket_;
    const std::atomic<bool>& ends_;
    std::string heard_;
  };
  using Serve = std::function<void(Talk&)>;

  explicit SmallServer(Serve serve);
  ~SmallServer();
  SmallServer(const SmallServer&) = delete;

  std::uint16_t port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void accept_all();

  const Serve serve_;
  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<bool> ends_ = false;
  std::atomic<int> connections_ = 0;
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

/// What stands in an HTTP request.
struct HttpRequest {
  std::string line;  ///< "GET /customers/7 HTTP/1.1"
  std::string header, body;
};
HttpRequest read_request(SmallServer::Talk& talk);
/// Answers JSON and closes.
void answer(SmallServer::Talk& talk, int status, const std::string& body);

}  // namespace vcsr::testing

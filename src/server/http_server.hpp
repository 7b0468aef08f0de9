// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/http_message.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/log.hpp"

namespace vcsr {

struct HttpServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  std::size_t max_connections = 256;
  /// A request that has not come in whole by then is dropped, and an idle connection closed.
  Duration patience = std::chrono::seconds(30);
  Log log = {};
};

/// A small HTTP/1.1 server on a loop: answers come from a function, and clients that asked for events
/// are told them until they leave. A client that does not read is dropped, it never holds up others.
class HttpServer {
 public:
  /// On the loop; must not throw.
  using Answer = std::function<HttpResponse(const HttpRequest&)>;
  /// Called for a GET of the events' path; returns what the client is told first, ready made by to_event().
  /// Nothing: the client may not listen and gets an Answer instead.
  using Greet = std::function<std::optional<std::string>(const HttpRequest&)>;

  /// Listens at once. Throws Error(unavailable) that names address, port and the remedy.
  HttpServer(AsioLoop& loop, HttpServerOptions options, Answer answer, std::string events_path, Greet greet);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;

  std::uint16_t port() const;
  /// To every client that asked for events.
  void tell(std::string_view event);
  std::size_t listeners() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr

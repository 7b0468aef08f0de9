// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace vcsr {

struct HttpRequest {
  std::string method;  ///< "GET"
  std::string path;    ///< "/api/contacts/…", decoded, without the query
  std::map<std::string, std::string, std::less<>> query = {};  ///< of "?language=zh", decoded
  std::string host;                                            ///< of the Host field, without the port
  std::string last_event_id;                                   ///< of a client that was away
  std::string authorization;                                   ///< "Bearer …"
  std::string body;
  bool keep_alive = true;
};

struct HttpResponse {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body = {};
  /// In place of the body: adds what there is to be sent every 100 ms, until it says that nothing comes any
  /// more. A client that does not keep up loses what it is given, and is closed when it leaves.
  std::function<bool(std::string& more)> stream = {};
  /// In place of all this: gives the response when there is one, on the loop, once.
  std::function<void(std::function<void(HttpResponse)> reply)> later = {};
};

/// Turns bytes into requests (RFC 9112), no I/O. Limits: 16 KiB of header, 64 KiB of body.
class HttpParser {
 public:
  HttpParser();
  ~HttpParser();
  HttpParser(HttpParser&&) noexcept;
  HttpParser& operator=(HttpParser&&) noexcept;

  /// How many of the bytes belonged to this request. Throws Error(invalid) for what is no HTTP.
  std::size_t feed(std::string_view bytes);
  bool complete() const;
  /// Once complete().
  HttpRequest take();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// "HTTP/1.1 200 OK…": the head of a response with our security fields, and its body.
std::string to_wire(const HttpResponse& response, bool keep_alive);
/// The head of a response whose body comes in chunks (RFC 9112 §7.1), and a chunk; an empty one is the end.
std::string stream_head(const HttpResponse& response);
std::string to_chunk(std::string_view bytes);
/// The head of an event stream (HTML Living Standard, "Server-sent events").
std::string event_stream_head();
/// One event; `data` may hold several lines.
std::string to_event(std::string_view id, std::string_view name, std::string_view data);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "server/http_message.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace http = boost::beast::http;

namespace {

constexpr std::uint32_t header_limit = 16 * 1024;
constexpr std::uint64_t body_limit = 64 * 1024;

std::optional<int> hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

/// RFC 3986 §2.1; a percent sign that begins no pair of digits stands for itself.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? hex(text[i + 1]) : std::nullopt;
    const auto low = high ? hex(text[i + 2]) : std::nullopt;
    if (low) i += 2;
    out += low ? static_cast<char>(*high * 16 + *low) : text[i];
  }
  return out;
}

/// "language=zh&wait=20"; of names that are given twice the first counts.
std::map<std::string, std::string, std::less<>> query_of(std::string_view target) {
  std::map<std::string, std::string, std::less<>> query;
  const std::size_t mark = target.find('?');
  std::string_view rest = mark == target.npos ? std::string_view() : target.substr(mark + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!pair.empty())
      query.emplace(decoded(pair.substr(0, equals)), decoded(pair.substr(std::min(equals + 1, pair.size()))));
  }
  return query;
}

std::string_view without_port(std::string_view host) {
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.rfind(':');
  const bool has_port = colon != host.npos && (bracket == host.npos || colon > bracket);
  return has_port ? host.substr(0, colon) : host;
}

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

class HttpParser::Impl {
 public:
  Impl() {
    parser.header_limit(header_limit);
    parser.body_limit(body_limit);
    parser.eager(true);
  }
  http::request_parser<http::string_body> parser;
};

HttpParser::HttpParser() : impl_(std::make_unique<Impl>()) {}
HttpParser::~HttpParser() = default;
HttpParser::HttpParser(HttpParser&&) noexcept = default;
HttpParser& HttpParser::operator=(HttpParser&&) noexcept = default;

std::size_t HttpParser::feed(std::string_view bytes) {
  // Beast asserts that after a chunked message's header it is given what any such message still has.
  constexpr std::size_t last_chunk_bytes = std::string_view("0\r\n\r\n").size();
  const auto& parser = impl_->parser;
  if (parser.is_header_done() && parser.chunked() && bytes.size() < last_chunk_bytes) return 0;
  boost::system::error_code error;
  const std::size_t used = impl_->parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  if (error && error != http::error::need_more)
    throw Error(Error::Code::invalid, "no HTTP request: " + error.message());
  return used;
}

bool HttpParser::complete() const { return impl_->parser.is_done(); }

HttpRequest HttpParser::take() {
  auto message = impl_->parser.release();
  const std::string_view target = view(message.target());
  HttpRequest request;
  request.method = std::string(view(message.method_string()));
  request.path = decoded(target.substr(0, target.find('?')));
  request.query = query_of(target);
  request.host = std::string(without_port(view(message[http::field::host])));
  request.last_event_id = std::string(view(message["Last-Event-ID"]));
  request.authorization = std::string(view(message[http::field::authorization]));
  request.keep_alive = message.keep_alive();
  request.body = std::move(message.body());
  return request;
}

namespace {

std::string head_of(const HttpResponse& response, const std::string& length) {
  const auto reason = http::obsolete_reason(static_cast<http::status>(response.status));
  return "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(view(reason)) +
         "\r\nContent-Type: " + response.type + "\r\n" + length +
         "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
         "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src "
         "'self'; "
         "img-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors "
         "'none'\r\n";
}

}  // namespace

std::string to_wire(const HttpResponse& response, bool keep_alive) {
  return head_of(response, "Content-Length: " + std::to_string(response.body.size())) +
         (keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n") + response.body;
}

std::string stream_head(const HttpResponse& response) {
  return head_of(response, "Transfer-Encoding: chunked") + "Connection: close\r\n\r\n";
}

std::string to_chunk(std::string_view bytes) {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  return size + std::string(bytes) + "\r\n";
}

std::string event_stream_head() {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
         "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 1000\n\n";
}

std::string to_event(std::string_view id, std::string_view name, std::string_view data) {
  std::string event = "id: " + std::string(id) + "\nevent: " + std::string(name) + "\n";
  for (std::size_t begin = 0; begin <= data.size();) {
    const std::size_t end = std::min(data.find('\n', begin), data.size());
    event.append("data: ").append(data.substr(begin, end - begin)).append("\n");
    begin = end + 1;
  }
  return event + "\n";
}

}  // namespace vcsr

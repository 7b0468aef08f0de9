// SPDX-License-Identifier: Apache-2.0
#include "tools/desk_client.hpp"

#include <chrono>
#include <iterator>

#include <boost/asio/ip/tcp.hpp>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::string_view hex = "0123456789ABCDEF";

/// RFC 3986 §2.1, of a path.
std::string escaped(const std::string& path) {
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view("/-._~").find(c) != std::string_view::npos;
    if (plain) out += c;
    else (out += '%').append({hex[byte >> 4], hex[byte & 15]});
  }
  return out;
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

std::string order_center(const WebConfig& web, const Secret& token, const std::string& path,
                         const std::string& json) {
  boost::asio::ip::tcp::iostream stream;
  stream.expires_after(std::chrono::seconds(10));
  stream.connect(web.address, std::to_string(web.port));
  const std::string host = web.address.find(':') == std::string::npos ? web.address : "[" + web.address + "]";
  stream << "POST " << escaped(path) << " HTTP/1.1\r\nHost: " << host << "\r\nAuthorization: Bearer "
         << token.reveal() << "\r\nContent-Length: " << json.size() << "\r\nConnection: close\r\n\r\n"
         << json << std::flush;
  const std::string answer{std::istreambuf_iterator<char>(stream), {}};
  const std::size_t body = answer.find("\r\n\r\n");
  if (!answer.starts_with("HTTP/1.1 ") || body == std::string::npos)
    throw Error(Error::Code::unavailable, "the center that runs does not answer at " + web.address +
                                              ", port " + std::to_string(web.port) +
                                              ": its [web] must be that of the configuration");
  std::string said = trimmed(answer.substr(body + 4));
  if (answer.substr(9, 2) != "20") throw Error(Error::Code::refused, said);
  return said;
}

}  // namespace vcsr

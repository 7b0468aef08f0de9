// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_text.hpp"

#include <algorithm>
#include <charconv>

#include "drivers/sip/ip_host.hpp"

namespace vcsr::sip {

namespace {

template <class Number>
std::optional<Number> whole(std::string_view text, unsigned most) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > most) return {};
  return static_cast<Number>(value);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

std::string unquoted(std::string_view name) {
  name = trim(name);
  if (name.size() < 2 || name.front() != '"' || name.back() != '"') return std::string(name);
  std::string plain;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    if (name[i] == '\\' && i + 2 < name.size()) ++i;
    plain += name[i];
  }
  return plain;
}

std::size_t end_of_name(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && quoted) ++i;
    else if (text[i] == '"') quoted = !quoted;
    else if (text[i] == '<' && !quoted) return i;
  }
  return std::string_view::npos;
}

/// The value of ";name=value".
std::string_view parameter(std::string_view uri, std::string_view name) {
  for (std::size_t at = uri.find(';'); at != uri.npos; at = uri.find(';')) {
    uri.remove_prefix(at + 1);
    const std::string_view one = uri.substr(0, uri.find(';'));
    const std::size_t equals = std::min(one.find('='), one.size());
    if (equal_ignoring_case(one.substr(0, equals), name)) return one.substr(std::min(equals + 1, one.size()));
  }
  return {};
}

std::optional<char> digit(std::string_view text) {
  text = trim(text);
  if (text == "10") return '*';
  if (text == "11") return '#';
  if (text.size() != 1) return {};
  const char key = text[0] >= 'a' && text[0] <= 'd' ? static_cast<char>(text[0] - 32) : text[0];
  return std::string_view("0123456789*#ABCD").find(key) == std::string_view::npos ? std::nullopt
                                                                                  : std::optional(key);
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::optional<SipUri> parse_sip_uri(std::string_view uri) {
  constexpr std::string_view breaking = "<>\"\\^`{|} ";
  const auto bad = [&](char c) {
    return c <= ' ' || c == 0x7f || breaking.find(c) != std::string_view::npos;
  };
  if (std::any_of(uri.begin(), uri.end(), bad)) return {};
  if (uri.size() < 5 || !equal_ignoring_case(uri.substr(0, 4), "sip:")) return {};
  uri.remove_prefix(4);
  uri = uri.substr(0, uri.find('?'));
  SipUri parts;
  const std::size_t at = uri.find('@');
  if (at == std::string_view::npos) {
    // "sip:1001" names a phone of ours, "sip:192.0.2.1" and "sip:host:5060" a host.
    const std::string_view plain = uri.substr(0, uri.find(';'));
    const bool host = plain.find_first_of(".:[") != std::string_view::npos || plain == "localhost";
    if (!host) {
      parts.user = plain;
      return plain.empty() ? std::nullopt : std::optional(parts);
    }
  } else {
    parts.user = uri.substr(0, at);
    parts.user = parts.user.substr(0, parts.user.find_first_of(":;"));
    uri.remove_prefix(at + 1);
  }
  parts.transport = parameter(uri, "transport");
  uri = uri.substr(0, uri.find(';'));
  const bool brackets = uri.starts_with('[');
  const std::size_t colon = uri.find(':', brackets ? uri.find(']') : 0);
  parts.host = uri.substr(0, colon);
  if (parts.host.empty() || (brackets && !is_address(parts.host))) return {};
  if (colon != std::string_view::npos) {
    const std::optional<std::uint16_t> port = whole<std::uint16_t>(uri.substr(colon + 1), 65535);
    if (!port || *port == 0) return {};
    parts.port = *port;
  }
  return parts;
}

bool SipUri::tls() const { return equal_ignoring_case(transport, "tls"); }

std::string sip_uri_at(const std::string& address, const SipUri& uri) {
  std::string text = "sip:" + address;
  if (uri.port || uri.tls()) text.append(":").append(std::to_string(uri.port_or_default()));
  if (!uri.transport.empty()) text.append(";transport=").append(uri.transport);
  return text;
}

std::string name_addr(const Address& address) {
  std::string text;
  if (!address.name.empty()) {
    text += '"';
    for (const char c : address.name) {
      if (c == '"' || c == '\\') text += '\\';
      text += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
    }
    text += "\" ";
  }
  return text + "<" + address.uri + ">";
}

Address parse_name_addr(std::string_view text) {
  Address address;
  const std::size_t open = end_of_name(text);
  if (open == std::string_view::npos) {
    address.uri = trim(text.substr(0, text.find_first_of(",;")));
    return address;
  }
  const std::size_t close = text.find('>', open);
  if (close == std::string_view::npos) return address;
  address.name = unquoted(text.substr(0, open));
  address.uri = trim(text.substr(open + 1, close - open - 1));
  return address;
}

std::optional<char> digit_of_info(std::string_view content_type, std::string_view body) {
  content_type = trim(content_type.substr(0, content_type.find(';')));
  if (equal_ignoring_case(content_type, "application/dtmf")) return digit(body.substr(0, body.find('\n')));
  if (!equal_ignoring_case(content_type, "application/dtmf-relay")) return {};
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    if (equal_ignoring_case(trim(line.substr(0, equals)), "Signal")) return digit(line.substr(equals + 1));
  }
  return {};
}

int status_of_sipfrag(std::string_view body) {
  constexpr std::string_view version = "SIP/2.0 ";
  if (!body.starts_with(version) || body.size() < version.size() + 3) return 0;
  const std::optional<int> status = whole<int>(body.substr(version.size(), 3), 699);
  return status && *status >= 100 ? *status : 0;
}

std::string message_summary(const std::string& account, const WaitingMessages& waiting) {
  return std::string("Messages-Waiting: ") + (waiting.fresh > 0 ? "yes" : "no") +
         "\r\nMessage-Account: " + account + "\r\nVoice-Message: " + std::to_string(waiting.fresh) + "/" +
         std::to_string(waiting.heard) + " (0/0)\r\n";
}

}  // namespace vcsr::sip

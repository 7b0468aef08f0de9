// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using Json = nlohmann::json;
constexpr int max_depth = 64;

bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; }

/// Journal entries are mostly plain words, which need no look at their UTF-8.
void write(std::string& json, const std::string& text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) json.append(1, '"').append(text) += '"';
  else json += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

void write(std::string& json, std::int64_t number) { json += std::to_string(number); }

/// The shortest digits that read as the same number, and as a fraction also where it is whole.
void write(std::string& json, double number) {
  if (!std::isfinite(number)) {
    json += "null";
    return;
  }
  std::array<char, 32> digits;
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  json += text;
  if (text.find_first_of(".e") == text.npos) json += ".0";
}

void write(std::string& json, std::monostate) { json += "null"; }
void write(std::string& json, bool yes) { json += yes ? "true" : "false"; }

void write(std::string& json, const Value& value);

void write(std::string& json, const Value::List& list) {
  json += '[';
  for (const Value& item : list) {
    if (&item != &list.front()) json += ',';
    write(json, item);
  }
  json += ']';
}

void write(std::string& json, const Value::Map& map) {
  json += '{';
  for (const auto& [name, item] : map) {
    if (json.back() != '{') json += ',';
    write(json, name);
    json += ':';
    write(json, item);
  }
  json += '}';
}

void write(std::string& json, const Value& value) {
  std::visit([&json](const auto& held) { write(json, held); }, value.variant());
}

Value from_tree(const Json& tree) {
  switch (tree.type()) {
    case Json::value_t::boolean: return tree.get<bool>();
    case Json::value_t::number_integer: return tree.get<std::int64_t>();
    case Json::value_t::number_unsigned: {
      const auto number = tree.get<std::uint64_t>();
      if (number > INT64_MAX) return tree.get<double>();
      return static_cast<std::int64_t>(number);
    }
    case Json::value_t::number_float: return tree.get<double>();
    case Json::value_t::string: return tree.get<std::string>();
    case Json::value_t::array: {
      Value::List list;
      for (const Json& item : tree) list.push_back(from_tree(item));
      return list;
    }
    case Json::value_t::object: {
      Value::Map map;
      for (const auto& [name, item] : tree.items()) map.emplace(name, from_tree(item));
      return map;
    }
    default: return {};
  }
}

/// The parser itself recurses without a limit of its own, so the depth is checked before.
void require_shallow(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > max_depth)
        throw Error(Error::Code::invalid, "JSON nested deeper than 64 at byte " + std::to_string(i));
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
}

}  // namespace

std::string Value::text() const {
  if (const auto* string = get_if<std::string>()) return *string;
  return is_null() ? std::string() : to_json(*this);
}

std::string to_json(const Value& value) {
  std::string json;
  write(json, value);
  return json;
}

Value from_json(std::string_view text) {
  require_shallow(text);
  try {
    return from_tree(Json::parse(text));
  } catch (const Json::exception& error) {
    const std::string_view what = error.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 2: …"
    throw Error(Error::Code::invalid, "JSON: " + std::string(what.substr(what.find("] ") + 2)));
  }
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/value.hpp"

#include <nlohmann/json.hpp>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using Json = nlohmann::json;
constexpr int max_depth = 64;

Json to_tree(const Value& value) {
  return std::visit(
      []<class T>(const T& held) -> Json {
        if constexpr (std::is_same_v<T, std::monostate>) {
          return nullptr;
        } else if constexpr (std::is_same_v<T, Value::List>) {
          Json list = Json::array();
          for (const Value& item : held) list.push_back(to_tree(item));
          return list;
        } else if constexpr (std::is_same_v<T, Value::Map>) {
          Json map = Json::object();
          for (const auto& [name, item] : held) map[name] = to_tree(item);
          return map;
        } else {
          return held;
        }
      },
      value.variant());
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
  return to_tree(value).dump(-1, ' ', false, Json::error_handler_t::replace);
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

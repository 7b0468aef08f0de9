// SPDX-License-Identifier: Apache-2.0
#include "base/json_pointer.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace vcsr {

namespace {

void replace(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size())
    text.replace(at, what.size(), with);
}

const Value* member_of(const Value& value, std::string_view name) {
  if (const auto* map = value.get_if<Value::Map>()) {
    const auto found = map->find(name);
    return found == map->end() ? nullptr : &found->second;
  }
  const auto* list = value.get_if<Value::List>();
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  const bool is_index = error == std::errc() && end == name.data() + name.size();
  return list && is_index && index < list->size() ? &(*list)[index] : nullptr;
}

}  // namespace

const Value* pointed(const Value& document, std::string_view pointer) {
  const Value* value = &document;
  while (value && !pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::string name(pointer.substr(0, end));
    // In this order: "~01" is "~1".
    replace(name, "~1", "/");
    replace(name, "~0", "~");
    value = member_of(*value, name);
    pointer.remove_prefix(end);
  }
  return value;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

namespace detail {

inline void add_facts(Facts&) {}

template <class Content, class... Rest>
void add_facts(Facts& facts, const char* name, Content&& content, Rest&&... rest) {
  facts.emplace_hint(facts.end(), name, std::forward<Content>(content));
  add_facts(facts, std::forward<Rest>(rest)...);
}

}  // namespace detail

/// make_facts("agent", id, "queue", name): the same as {{"agent", id}, {"queue", name}} at less than half the
/// cost when the names are in alphabetical order, for what happens with every contact.
template <class... Parts>
Facts make_facts(Parts&&... parts) {
  Facts facts;
  detail::add_facts(facts, std::forward<Parts>(parts)...);
  return facts;
}

// What entries of a journal and manifests hold; they were written by us, and what is not there is nothing.

/// The text itself, which lives as long as the facts; "" where there is none.
inline std::string_view view_in(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  const auto* text = found == facts.end() ? nullptr : found->second.get_if<std::string>();
  return text ? std::string_view(*text) : std::string_view();
}

/// "" where there is none.
inline std::string text_in(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  return found == facts.end() ? std::string() : found->second.text();
}

/// 0 where there is none.
inline std::int64_t number_in(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  const auto* number = found == facts.end() ? nullptr : found->second.get_if<std::int64_t>();
  return number ? *number : 0;
}

/// Of seconds, whole or in parts.
inline Duration duration_in(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  const double* fraction = found == facts.end() ? nullptr : found->second.get_if<double>();
  const double seconds = fraction ? *fraction : static_cast<double>(number_in(facts, name));
  return std::chrono::round<Duration>(std::chrono::duration<double>(seconds));
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/builtin_arguments.hpp"

namespace vcsr::feel {

namespace {

const Value missing;

}  // namespace

const Value& Arguments::single(std::size_t index) const {
  if (index >= size()) return missing;
  const auto* const list = given_[index].get_if<List>();
  return list != nullptr && list->size() == 1 ? list->front() : given_[index];
}

void Arguments::expected(std::size_t index, std::string_view what) {
  if (!fault_.empty()) return;
  const auto got = index < size() ? described(given_[index]) : "nothing";
  fault_ = "argument " + std::to_string(index + 1) + ": expected " + std::string(what) + ", got " + got;
}

const Number* Arguments::number(std::size_t index) {
  const auto* const found = single(index).get_if<Number>();
  if (found == nullptr) expected(index, "a number");
  return found;
}

const std::string* Arguments::string(std::size_t index) {
  const auto* const found = single(index).get_if<std::string>();
  if (found == nullptr) expected(index, "a string");
  return found;
}

const Context* Arguments::context(std::size_t index) {
  const auto* const found = single(index).get_if<Context>();
  if (found == nullptr) expected(index, "a context");
  return found;
}

const Range* Arguments::range(std::size_t index) {
  const auto* const found = single(index).get_if<Range>();
  if (found == nullptr) expected(index, "a range");
  return found;
}

std::optional<std::int64_t> Arguments::whole(std::size_t index) {
  const auto* const found = number(index);
  if (found == nullptr) return std::nullopt;
  const auto whole = found->rounded(0, Number::Rounding::down).to_int64();
  if (!whole) expected(index, "a number within 64 bits");
  return whole;
}

std::optional<std::span<const Value>> Arguments::list(std::size_t index) {
  if (!has(index)) {
    expected(index, "a list");
    return std::nullopt;
  }
  const auto* const list = given_[index].get_if<List>();
  const auto items = list != nullptr ? std::span<const Value>(*list) : given_.subspan(index, 1);
  evaluation_.step(items.size());
  return items;
}

std::span<const Value> Arguments::elements() const {
  const auto* const list = size() == 1 ? given_[0].get_if<List>() : nullptr;
  const auto items = list != nullptr ? std::span<const Value>(*list) : given_;
  evaluation_.step(items.size());
  return items;
}

void Arguments::expected_elements(std::string_view what, const Value& got) {
  if (fault_.empty()) fault_ = "expected " + std::string(what) + ", got " + described(got) + " in the list";
}

}  // namespace vcsr::feel

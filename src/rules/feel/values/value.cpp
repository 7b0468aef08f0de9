// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/value.hpp"

#include <algorithm>
#include <array>

#include "rules/feel/values/date_and_time.hpp"

namespace vcsr::feel {

namespace {

constexpr std::size_t indexed_from = 16;
static_assert(std::is_standard_layout_v<Items>);

}  // namespace

Value Value::null(std::string reason, Position at) {
  Value value;
  value.held_ = Null{std::make_shared<Reason>(Reason{std::move(reason), at})};
  return value;
}

Value::Value(Number value) {
  if (value.finite()) held_ = value;
  else *this = null("this number is too large or has no value");
}

Value::Value(std::string text) : held_(std::make_shared<const std::string>(std::move(text))) {}
Value::Value(Date value) : held_(std::make_shared<const Date>(value)) {}
Value::Value(Time value) : held_(std::make_shared<const Time>(value)) {}
Value::Value(DateAndTime value) : held_(std::make_shared<const DateAndTime>(value)) {}
Value::Value(DaysAndTimeDuration value) : held_(std::make_shared<const DaysAndTimeDuration>(value)) {}
Value::Value(YearsAndMonthsDuration value) : held_(std::make_shared<const YearsAndMonthsDuration>(value)) {}

namespace {

/// Why a value of this depth and weight cannot be.
std::optional<Value> too_large(int depth, std::uint64_t weight) {
  if (depth > Value::max_depth)
    return Value::null("more than " + std::to_string(Value::max_depth) +
                       " values would stand inside one another");
  if (weight > Value::max_weight)
    return Value::null("a value would be made of more than " + std::to_string(Value::max_weight));
  return std::nullopt;
}

}  // namespace

void Items::add(Value item) {
  depth = std::max(depth, item.depth() + 1);
  weight += item.weight();
  list.push_back(std::move(item));
}

Value::Value(List items) {
  int depth = 1;
  std::uint64_t weight = 1;
  for (const Value& item : items) {
    depth = std::max(depth, item.depth() + 1);
    weight += item.weight();
  }
  *this = Value(std::make_shared<const Items>(Items{std::move(items), depth, weight}));
}

Value::Value(const std::shared_ptr<const Items>& items) {
  if (auto refused = too_large(items->depth, items->weight)) *this = std::move(*refused);
  else held_ = Shared<List>(items, &items->list);
}

Value::Value(Context context) {
  if (auto refused = too_large(context.depth(), context.weight())) *this = std::move(*refused);
  else held_ = std::make_shared<const Context>(std::move(context));
}

Value::Value(Range range) {
  const int depth = 1 + std::max(range.start.depth(), range.end.depth());
  if (auto refused = too_large(depth, 1 + range.start.weight() + range.end.weight()))
    *this = std::move(*refused);
  else held_ = std::make_shared<const Range>(std::move(range));
}

Value::Value(std::shared_ptr<const Function> function) {
  if (auto refused = too_large(function ? function->depth() : 0, 1)) *this = std::move(*refused);
  else held_ = std::move(function);
}

int Value::depth() const {
  if (const auto* const list = get_if<List>())
    return reinterpret_cast<const Items*>(list)
        ->depth;  // every list that is held is the first member of Items
  if (const auto* const context = get_if<Context>()) return context->depth();
  if (const auto* const range = get_if<Range>())
    return 1 + std::max(range->start.depth(), range->end.depth());
  if (const auto* const function = get_if<Function>()) return function->depth();
  return 0;
}

std::uint64_t Value::weight() const {
  if (const auto* const text = get_if<std::string>()) return 1 + text->size() / 16;
  if (const auto* const list = get_if<List>()) return reinterpret_cast<const Items*>(list)->weight;
  if (const auto* const context = get_if<Context>()) return context->weight();
  if (const auto* const range = get_if<Range>()) return 1 + range->start.weight() + range->end.weight();
  return 1;
}

Value::Kind Value::kind() const {
  constexpr std::array kinds{Kind::null,
                             Kind::boolean,
                             Kind::number,
                             Kind::string,
                             Kind::date,
                             Kind::time,
                             Kind::date_and_time,
                             Kind::days_and_time_duration,
                             Kind::years_and_months_duration,
                             Kind::list,
                             Kind::range,
                             Kind::context,
                             Kind::function};
  return kinds[held_.index()];
}

bool Value::is_true() const {
  const bool* const truth = get_if<bool>();
  return truth && *truth;
}

bool Value::is_false() const {
  const bool* const truth = get_if<bool>();
  return truth && !*truth;
}

const Reason* Value::reason() const {
  const Null* const null = std::get_if<Null>(&held_);
  return null ? null->reason.get() : nullptr;
}

std::shared_ptr<const Function> Value::function() const {
  const auto* const shared = std::get_if<Shared<Function>>(&held_);
  return shared ? *shared : nullptr;
}

Context::Context(std::initializer_list<Entry> entries) {
  reserve(entries.size());
  for (const Entry& entry : entries) put(entry.name, entry.value);
}

std::optional<std::size_t> Context::place_of(std::string_view name) const {
  if (entries_.size() < indexed_from) {
    const auto found = std::ranges::find(entries_, name, &Entry::name);
    if (found == entries_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - entries_.begin());
  }
  const auto known = index_.find(name);
  return known == index_.end() ? std::nullopt : std::optional(known->second);
}

const Value* Context::find(std::string_view name) const {
  const std::optional<std::size_t> place = place_of(name);
  return place ? &entries_[*place].value : nullptr;
}

void Context::put(std::string name, Value value) {
  depth_ = std::max(depth_, value.depth() + 1);
  weight_ += value.weight();
  if (const std::optional<std::size_t> place = place_of(name)) {
    weight_ -= entries_[*place].value.weight();
    entries_[*place].value = std::move(value);
    return;
  }
  entries_.push_back({std::move(name), std::move(value)});
  if (entries_.size() < indexed_from) return;
  const std::size_t first = index_.empty() ? 0 : entries_.size() - 1;
  for (std::size_t i = first; i < entries_.size(); ++i) index_.emplace(entries_[i].name, i);
}

}  // namespace vcsr::feel

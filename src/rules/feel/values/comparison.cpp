// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/values/date_and_time.hpp"
#include "rules/feel/values/value.hpp"

namespace vcsr::feel {

namespace {

using Kind = Type::Kind;
using Truth = std::optional<bool>;

/// A date stands for its midnight where it meets a date and time.
std::optional<DateAndTime> moment_of(const Value& value) {
  if (const auto* const moment = value.get_if<DateAndTime>()) return *moment;
  if (const auto* const date = value.get_if<Date>()) return DateAndTime::midnight(*date);
  return std::nullopt;
}

Truth all_equal(const List& left, const List& right) {
  return std::ranges::equal(left, right,
                            [](const Value& one, const Value& other) { return equal(one, other) == true; });
}

Truth all_equal(const Context& left, const Context& right) {
  if (left.size() != right.size()) return false;
  Truth all = true;
  for (const Context::Entry& entry : left.entries()) {
    const Value* const other = right.find(entry.name);
    if (!other) return false;
    const Truth same = equal(entry.value, *other);
    if (same == Truth(false)) return false;
    if (!same) all = same;
  }
  return all;
}

Truth same_range(const Range& left, const Range& right) {
  if (left.form != right.form || left.start_included != right.start_included ||
      left.end_included != right.end_included)
    return false;
  return all_equal(List{left.start, left.end}, List{right.start, right.end});
}

template <class T>
std::optional<std::partial_ordering> order(const Value& left, const Value& right) {
  return std::partial_ordering(*left.get_if<T>() <=> *right.get_if<T>());
}

}  // namespace

std::optional<std::partial_ordering> compare(const Value& left, const Value& right) {
  if (left.kind() != right.kind()) {
    const std::optional<DateAndTime> first = moment_of(left);
    const std::optional<DateAndTime> second = moment_of(right);
    return first && second ? std::optional(compare(*first, *second)) : std::nullopt;
  }
  switch (left.kind()) {
    case Kind::number: return order<Number>(left, right);
    case Kind::string:
      return std::partial_ordering(left.get_if<std::string>()->compare(*right.get_if<std::string>()) <=> 0);
    case Kind::date: return order<Date>(left, right);
    case Kind::days_and_time_duration: return order<DaysAndTimeDuration>(left, right);
    case Kind::years_and_months_duration: return order<YearsAndMonthsDuration>(left, right);
    case Kind::time: return compare(*left.get_if<Time>(), *right.get_if<Time>());
    case Kind::date_and_time: return compare(*left.get_if<DateAndTime>(), *right.get_if<DateAndTime>());
    default: return std::nullopt;
  }
}

std::optional<bool> equal(const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return left.is_null() == right.is_null();
  if (left.kind() == right.kind()) {
    switch (left.kind()) {
      case Kind::boolean: return left.is_true() == right.is_true();
      case Kind::list: return all_equal(*left.get_if<List>(), *right.get_if<List>());
      case Kind::context: return all_equal(*left.get_if<Context>(), *right.get_if<Context>());
      case Kind::range: return same_range(*left.get_if<Range>(), *right.get_if<Range>());
      case Kind::function: return left.function() == right.function();
      default: break;
    }
  }
  const std::optional<std::partial_ordering> order = compare(left, right);
  return order ? std::optional(*order == 0) : std::nullopt;
}

std::optional<bool> contains(const Range& range, const Value& value) {
  if (range.form == Range::Form::equal) return equal(value, range.start);
  if (range.form == Range::Form::not_equal) {
    const Truth same = equal(value, range.start);
    return same ? Truth(!*same) : same;
  }
  const bool without_end =
      range.form == Range::Form::interval && (range.start.is_null() || range.end.is_null());
  if (value.is_null() || without_end) return std::nullopt;
  Truth inside = true;
  const auto limit = [&](const Value& end, bool included, bool upper) {
    if (end.is_null()) return;
    const std::optional<std::partial_ordering> order = upper ? compare(value, end) : compare(end, value);
    if (!order || *order == std::partial_ordering::unordered)
      inside = inside == Truth(false) ? inside : std::nullopt;
    else if (*order > 0 || (*order == 0 && !included)) inside = false;
  };
  limit(range.start, range.start_included, false);
  limit(range.end, range.end_included, true);
  return inside;
}

std::optional<bool> truth(const Value& value) {
  const bool* const truth = value.get_if<bool>();
  return truth ? std::optional(*truth) : std::nullopt;
}

Value from_truth(std::optional<bool> truth) { return truth ? Value(*truth) : Value(); }

}  // namespace vcsr::feel

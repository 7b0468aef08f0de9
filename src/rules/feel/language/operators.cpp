// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/language/operators.hpp"

#include <algorithm>

#include "rules/feel/values/date_and_time.hpp"

namespace vcsr::feel {

namespace {

using Kind = Type::Kind;

const char* text_of(Sign sign) {
  constexpr const char* texts[]{"", "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">="};
  return texts[static_cast<int>(sign)];
}

/// What has no result is empty: the caller makes it null and says why.
template <class T>
std::optional<Value> value_of(const std::optional<T>& result) {
  return result ? std::optional<Value>(*result) : std::nullopt;
}

std::optional<Value> value_of(Number number) {
  return number.finite() ? std::optional<Value>(number) : std::nullopt;
}

std::optional<Value> calculated(Sign sign, Number left, Number right) {
  switch (sign) {
    case Sign::add: return value_of(left + right);
    case Sign::subtract: return value_of(left - right);
    case Sign::multiply: return value_of(left * right);
    case Sign::divide: return value_of(left / right);
    default: return value_of(left.pow(right));
  }
}

/// Of two durations of one kind, a duration and a number, or a number and a duration.
template <class Duration>
std::optional<Value> calculated(Sign sign, const Duration& left, const Duration& right, Number ratio) {
  switch (sign) {
    case Sign::add: return value_of(left.plus(right));
    case Sign::subtract: return value_of(left.plus(-right));
    case Sign::divide: return value_of(ratio);
    default: return std::nullopt;
  }
}

template <class Duration>
std::optional<Value> scaled(Sign sign, const Duration& duration, Number number) {
  if (sign == Sign::multiply) return value_of(duration.times(number));
  if (sign == Sign::divide && !number.zero()) return value_of(duration.divided_by(number));
  return std::nullopt;
}

/// A point in time, later or earlier by a duration.
template <class Duration>
std::optional<Value> moved(const Value& point, const Duration& duration) {
  if (const auto* const date = point.get_if<Date>()) return value_of(date->plus(duration));
  if (const auto* const moment = point.get_if<DateAndTime>()) return value_of(moment->plus(duration));
  if constexpr (std::same_as<Duration, DaysAndTimeDuration>)
    if (const auto* const time = point.get_if<Time>()) return time->plus(duration);
  return std::nullopt;
}

std::optional<DateAndTime> moment_of(const Value& value) {
  if (const auto* const moment = value.get_if<DateAndTime>()) return *moment;
  if (const auto* const date = value.get_if<Date>()) return DateAndTime::midnight(*date);
  return std::nullopt;
}

std::optional<Value> difference(const Value& left, const Value& right) {
  const auto* const time = left.get_if<Time>();
  const auto* const other = right.get_if<Time>();
  if (time && other) return value_of(time->minus(*other));
  const std::optional<DateAndTime> moment = moment_of(left);
  const std::optional<DateAndTime> before = moment_of(right);
  return moment && before ? value_of(moment->minus(*before)) : std::nullopt;
}

template <class Duration>
std::optional<Value> with_duration(Sign sign, const Value& left, const Value& right) {
  const auto* const first = left.get_if<Duration>();
  const auto* const second = right.get_if<Duration>();
  if (first && right.is(Kind::number)) return scaled(sign, *first, *right.get_if<Number>());
  if (second && left.is(Kind::number) && sign == Sign::multiply)
    return scaled(sign, *second, *left.get_if<Number>());
  if (second && sign == Sign::subtract) return moved(left, -*second);
  if (sign != Sign::add) return std::nullopt;
  return second ? moved(left, *second) : moved(right, *first);
}

std::optional<Value> calculated(Sign sign, const Value& left, const Value& right) {
  if (left.kind() == right.kind()) {
    if (const auto* const number = left.get_if<Number>())
      return calculated(sign, *number, *right.get_if<Number>());
    if (const auto* const text = left.get_if<std::string>())
      return sign == Sign::add ? std::optional<Value>(*text + *right.get_if<std::string>()) : std::nullopt;
    if (const auto* const days = left.get_if<DaysAndTimeDuration>()) {
      const auto* const other = right.get_if<DaysAndTimeDuration>();
      return calculated(sign, *days, *other, days->in_seconds() / other->in_seconds());
    }
    if (const auto* const months = left.get_if<YearsAndMonthsDuration>()) {
      const auto* const other = right.get_if<YearsAndMonthsDuration>();
      return calculated(sign, *months, *other, Number(months->months()) / Number(other->months()));
    }
  }
  if (left.is(Kind::days_and_time_duration) || right.is(Kind::days_and_time_duration))
    return with_duration<DaysAndTimeDuration>(sign, left, right);
  if (left.is(Kind::years_and_months_duration) || right.is(Kind::years_and_months_duration))
    return with_duration<YearsAndMonthsDuration>(sign, left, right);
  return sign == Sign::subtract ? difference(left, right) : std::nullopt;
}

std::optional<bool> holds(Sign sign, std::partial_ordering order) {
  if (order == std::partial_ordering::unordered) return std::nullopt;
  switch (sign) {
    case Sign::less: return order < 0;
    case Sign::less_or_equal: return order <= 0;
    case Sign::greater: return order > 0;
    default: return order >= 0;
  }
}

std::optional<bool> compared(Sign sign, const Value& left, const Value& right) {
  if (sign == Sign::equal) return equal(left, right);
  if (sign == Sign::not_equal) {
    const std::optional<bool> same = equal(left, right);
    return same ? std::optional(!*same) : same;
  }
  const std::optional<std::partial_ordering> order = compare(left, right);
  return order ? holds(sign, *order) : std::nullopt;
}

}  // namespace

Value arithmetic(Sign sign, const Value& left, const Value& right, Evaluation& evaluation) {
  if (left.is(Kind::string) && right.is(Kind::string))
    evaluation.charge(left.get_if<std::string>()->size() + right.get_if<std::string>()->size());
  if (std::optional<Value> result = calculated(sign, left, right)) return std::move(*result);
  return evaluation.mistake(described(left) + " " + text_of(sign) + " " + described(right) +
                            " has no result");
}

Value negated(const Value& value, Evaluation& evaluation) {
  if (const auto* const number = value.get_if<Number>()) return -*number;
  if (const auto* const days = value.get_if<DaysAndTimeDuration>()) return -*days;
  if (const auto* const months = value.get_if<YearsAndMonthsDuration>()) return -*months;
  return evaluation.mistake("- " + described(value) + " has no result");
}

Value compared(Sign sign, const Value& left, const Value& right, Evaluation& evaluation) {
  if (left.is(Kind::list) || left.is(Kind::context)) evaluation.step(std::min(left.weight(), right.weight()));
  if (const std::optional<bool> result = compared(sign, left, right)) return *result;
  return evaluation.mistake(described(left) + " cannot be compared with " + described(right) + " by '" +
                            text_of(sign) + "'");
}

std::optional<bool> is_in(const Value& value, const Value& test) {
  if (const auto* const range = test.get_if<Range>())
    if (!value.is(Kind::range)) return contains(*range, value);
  const auto* const list = test.get_if<List>();
  if (!list) return equal(value, test);
  if (value.is(Kind::list) && equal(value, test) == true) return true;
  return std::ranges::any_of(*list, [&value](const Value& element) {
    const auto* const range = element.get_if<Range>();
    return (range && !value.is(Kind::range) ? contains(*range, value) : equal(value, element)) == true;
  });
}

Value half_range(Sign sign, const Value& end, Evaluation& evaluation) {
  using Form = Range::Form;
  switch (sign) {
    case Sign::less: return Range{false, {}, end, false, Form::less};
    case Sign::less_or_equal: return Range{false, {}, end, true, Form::less_or_equal};
    case Sign::greater: return Range{false, end, {}, false, Form::greater};
    case Sign::greater_or_equal: return Range{true, end, {}, false, Form::greater_or_equal};
    case Sign::equal: return Range{true, end, end, true, Form::equal};
    case Sign::not_equal: return Range{false, end, end, false, Form::not_equal};
    default: return evaluation.mistake("this is no range");
  }
}

Value interval(Range range, Evaluation& evaluation) {
  const bool open = range.start.is_null() || range.end.is_null();
  if (!open && !compare(range.start, range.end))
    return evaluation.mistake("no range leads from " + described(range.start) + " to " +
                              described(range.end));
  return range;
}

}  // namespace vcsr::feel

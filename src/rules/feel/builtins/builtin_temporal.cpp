// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/builtins/builtin_arguments.hpp"
#include "rules/feel/builtins/builtin_tables.hpp"
#include "rules/feel/values/civil.hpp"
#include "rules/feel/values/date_and_time.hpp"

namespace vcsr::feel {

namespace {

using Given = std::span<const Value>;

/// That of a date or a date and time.
std::optional<Date> day_of(Arguments& arguments, std::size_t index) {
  const auto& value = arguments.single(index);
  if (const auto* const date = value.get_if<Date>()) return *date;
  if (const auto* const moment = value.get_if<DateAndTime>()) return moment->date();
  arguments.expected(index, "a date or a date and time");
  return std::nullopt;
}

/// Numbers that must be whole: 2017.5 is no year.
std::optional<std::int64_t> part(Arguments& arguments, std::size_t index) {
  const auto* const number = arguments.number(index);
  const auto whole = number != nullptr ? number->to_int64() : std::nullopt;
  if (!whole) arguments.expected(index, "a whole number");
  return whole;
}

Value date_from(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  if (const auto* const text = arguments.single(0).get_if<std::string>()) {
    const auto date = Date::parse(*text);
    return date ? Value(*date) : arguments.wrong("'" + *text + "' is no date");
  }
  const auto day = day_of(arguments, 0);
  return day ? Value(*day) : arguments.wrong();
}

std::optional<Date> date_of_parts(Arguments& arguments) {
  const auto year = part(arguments, 0);
  const auto month = part(arguments, 1);
  const auto day = part(arguments, 2);
  return year && month && day ? Date::of(*year, *month, *day) : std::nullopt;
}

Value date_of(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto date = date_of_parts(arguments);
  if (date) return *date;
  arguments.expected(0, "year, month and day of the calendar");
  return arguments.wrong();
}

/// What stands behind a time as an argument: a duration, the name of a zone or nothing.
std::optional<Zone> zone_of(Arguments& arguments, std::size_t index) {
  if (!arguments.has(index)) return Zone();
  const auto& value = arguments.single(index);
  const auto* const offset = value.get_if<DaysAndTimeDuration>();
  const auto* const name = value.get_if<std::string>();
  const auto zone = offset != nullptr ? Zone::of_offset(offset->seconds())
                    : name != nullptr ? Zone::named(*name)
                                      : std::nullopt;
  if (!zone) arguments.expected(index, "an offset of at most 14 hours or a zone");
  return zone;
}

/// Hour, minute and second from an argument on; nothing, with a reason, where they are no time.
std::optional<Time> time_of_parts(Arguments& arguments, std::size_t from) {
  const auto hour = part(arguments, from);
  const auto minute = part(arguments, from + 1);
  const auto* const second = arguments.number(from + 2);
  const auto zone = zone_of(arguments, from + 3);
  if (!hour || !minute || second == nullptr || !zone) return std::nullopt;
  const auto time = *hour < 24 ? Time::of(*hour, *minute, *second, *zone) : std::nullopt;
  if (!time) arguments.expected(from, "hour, minute and second of a day");
  return time;
}

Value time_from(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto& value = arguments.single(0);
  if (const auto* const time = value.get_if<Time>()) return *time;
  if (const auto* const moment = value.get_if<DateAndTime>()) return moment->time();
  if (const auto* const date = value.get_if<Date>()) return DateAndTime::midnight(*date).time();
  const auto* const text = value.get_if<std::string>();
  if (text == nullptr) {
    arguments.expected(0, "a string, a date and time or a time");
    return arguments.wrong();
  }
  const auto time = Time::parse(*text);
  return time ? Value(*time) : arguments.wrong("'" + *text + "' is no time");
}

Value time_of(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto time = time_of_parts(arguments, 0);
  return time ? Value(*time) : arguments.wrong();
}

Value moment_from(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const text = arguments.string(0);
  if (text == nullptr) return arguments.wrong();
  if (const auto moment = DateAndTime::parse(*text)) return *moment;
  if (const auto date = Date::parse(*text)) return DateAndTime(*date, Time());
  return arguments.wrong("'" + *text + "' is no date and time");
}

Value moment_joined(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto day = day_of(arguments, 0);
  const auto* const time = arguments.single(1).get_if<Time>();
  if (time == nullptr) arguments.expected(1, "a time");
  return day && time != nullptr ? Value(DateAndTime(*day, *time)) : arguments.wrong();
}

Value moment_of(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto date = date_of_parts(arguments);
  if (!date) arguments.expected(0, "year, month and day of the calendar");
  const auto time = time_of_parts(arguments, 3);
  return date && time ? Value(DateAndTime(*date, *time)) : arguments.wrong();
}

Value duration_from(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const text = arguments.string(0);
  if (text == nullptr) return arguments.wrong();
  if (const auto duration = DaysAndTimeDuration::parse(*text)) return *duration;
  if (const auto duration = YearsAndMonthsDuration::parse(*text)) return *duration;
  return arguments.wrong("'" + *text + "' is no duration");
}

Value years_and_months(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto from = day_of(arguments, 0);
  const auto to = day_of(arguments, 1);
  return from && to ? Value(months_between(*from, *to)) : arguments.wrong();
}

Value day_of_year(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto day = day_of(arguments, 0);
  return day ? Value(day->day_of_year()) : arguments.wrong();
}

Value day_of_week(Given given, Evaluation& evaluation) {
  constexpr const char* names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                   "Friday", "Saturday", "Sunday"};
  Arguments arguments(given, evaluation);
  const auto day = day_of(arguments, 0);
  return day ? Value(names[day->weekday() - 1]) : arguments.wrong();
}

Value month_of_year(Given given, Evaluation& evaluation) {
  constexpr const char* names[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
  Arguments arguments(given, evaluation);
  const auto day = day_of(arguments, 0);
  return day ? Value(names[day->month() - 1]) : arguments.wrong();
}

Value week_of_year(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto day = day_of(arguments, 0);
  return day ? Value(day->week_of_year()) : arguments.wrong();
}

Value now(Given, Evaluation& evaluation) {
  const auto& name = evaluation.options().zone;
  const auto zone = name.empty() ? Zone::utc() : Zone::named(name);
  if (!zone) return evaluation.mistake("no time zone '" + name + "'");
  const auto [seconds, nanoseconds] = floored(evaluation.options().now, 1'000'000'000);
  const auto moment = DateAndTime::of_moment(seconds, static_cast<std::int32_t>(nanoseconds), *zone);
  return *moment;
}

Value today(Given given, Evaluation& evaluation) {
  const auto moment = now(given, evaluation);
  const auto* const found = moment.get_if<DateAndTime>();
  return found != nullptr ? Value(found->date()) : moment;
}

bool same(const Value& left, const Value& right);

bool same_elements(const List& left, const List& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), same);
}

bool same_entries(const Context& left, const Context& right) {
  if (left.size() != right.size()) return false;
  for (const auto& [name, value] : left.entries()) {
    const auto* const other = right.find(name);
    if (other == nullptr || !same(value, *other)) return false;
  }
  return true;
}

/// The same element of FEEL's domain: of equal times only those in the same zone.
bool same(const Value& left, const Value& right) {
  if (left.kind() != right.kind()) return false;
  if (const auto* const time = left.get_if<Time>()) return *time == *right.get_if<Time>();
  if (const auto* const moment = left.get_if<DateAndTime>()) return *moment == *right.get_if<DateAndTime>();
  if (const auto* const list = left.get_if<List>()) return same_elements(*list, *right.get_if<List>());
  if (const auto* const context = left.get_if<Context>())
    return same_entries(*context, *right.get_if<Context>());
  return equal(left, right) == true;
}

Value is(Given given, Evaluation& evaluation) {
  evaluation.step(std::min(given[0].weight(), given[1].weight()));
  return same(given[0], given[1]);
}

constexpr Builtin table[] = {
    {"date", "from", date_from},
    {"date", "year, month, day", date_of},
    {"date and time", "from", moment_from},
    {"date and time", "date, time", moment_joined},
    {"date and time", "year, month, day, hour, minute, second, [offset]", moment_of},
    {"date and time", "year, month, day, hour, minute, second, timezone", moment_of},
    {"day of week", "date", day_of_week},
    {"day of year", "date", day_of_year},
    {"duration", "from", duration_from},
    {"is", "value1, value2", is},
    {"month of year", "date", month_of_year},
    {"now", "", now},
    {"time", "from", time_from},
    {"time", "hour, minute, second, [offset]", time_of},
    {"today", "", today},
    {"week of year", "date", week_of_year},
    {"years and months duration", "from, to", years_and_months},
};

}  // namespace

std::span<const Builtin> temporal_builtins() { return table; }

}  // namespace vcsr::feel

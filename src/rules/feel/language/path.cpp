// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "rules/feel/language/expression.hpp"
#include "rules/feel/values/date_and_time.hpp"

namespace vcsr::feel {

namespace {

using Kind = Type::Kind;
using Property = std::optional<Value>;

Property property_of(const Date& date, std::string_view name) {
  if (name == "year") return date.year();
  if (name == "month") return date.month();
  if (name == "day") return date.day();
  if (name == "weekday") return date.weekday();
  return std::nullopt;
}

Value offset_as_duration(std::optional<std::int64_t> offset) {
  return offset ? Value(DaysAndTimeDuration::of_seconds(*offset)) : Value::null("a local time has no offset");
}

Property property_of(const Time& time, std::string_view name) {
  if (name == "hour") return time.hour();
  if (name == "minute") return time.minute();
  if (name == "second") return time.second();
  if (name == "time offset") return offset_as_duration(time.zone().usual_offset());
  if (name != "timezone") return std::nullopt;
  const std::string zone = time.zone().name();
  return zone.empty() ? Value::null("this time has no named zone") : Value(zone);
}

Property property_of(const DateAndTime& moment, std::string_view name) {
  if (name == "time offset") return offset_as_duration(moment.offset());
  if (Property property = property_of(moment.date(), name)) return property;
  return property_of(moment.time(), name);
}

Property property_of(const DaysAndTimeDuration& duration, std::string_view name) {
  if (name == "days") return duration.days_part();
  if (name == "hours") return duration.hours_part();
  if (name == "minutes") return duration.minutes_part();
  if (name == "seconds") return duration.seconds_part();
  return std::nullopt;
}

Property property_of(const YearsAndMonthsDuration& duration, std::string_view name) {
  if (name == "years") return duration.years_part();
  if (name == "months") return duration.months_part();
  return std::nullopt;
}

Property property_of(const Range& range, std::string_view name) {
  if (range.form == Range::Form::not_equal) return std::nullopt;
  if (name == "start") return range.start;
  if (name == "end") return range.end;
  if (name == "start included") return range.start_included;
  if (name == "end included") return range.end_included;
  return std::nullopt;
}

Property property_of(const Context& context, std::string_view name) {
  const Value* const entry = context.find(name);
  return entry ? Property(*entry) : std::nullopt;
}

Property property_of(const Value& value, std::string_view name) {
  switch (value.kind()) {
    case Kind::context: return property_of(*value.get_if<Context>(), name);
    case Kind::date: return property_of(*value.get_if<Date>(), name);
    case Kind::time: return property_of(*value.get_if<Time>(), name);
    case Kind::date_and_time: return property_of(*value.get_if<DateAndTime>(), name);
    case Kind::days_and_time_duration: return property_of(*value.get_if<DaysAndTimeDuration>(), name);
    case Kind::years_and_months_duration: return property_of(*value.get_if<YearsAndMonthsDuration>(), name);
    case Kind::range: return property_of(*value.get_if<Range>(), name);
    default: return std::nullopt;
  }
}

}  // namespace

Value path(const Value& value, std::string_view name, Evaluation& evaluation) {
  if (const auto* const list = value.get_if<List>()) {
    const Evaluation::Level level(evaluation);
    evaluation.step(list->size());
    evaluation.charge(list->size() * sizeof(Value));
    List entries;
    entries.reserve(list->size());
    for (const Value& item : *list) entries.push_back(path(item, name, evaluation));
    return entries;
  }
  if (Property property = property_of(value, name)) return std::move(*property);
  return evaluation.mistake(described(value) + " has no '" + std::string(name) + "'");
}

}  // namespace vcsr::feel

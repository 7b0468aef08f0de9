// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "rules/feel/builtins/builtin.hpp"
#include "rules/feel/values/date_and_time.hpp"
#include "rules/feel/values/duration.hpp"

namespace vcsr::feel {

/// How many a form takes: "a, [b]" one or two, "list..." any number.
inline bool takes(const Builtin& form, std::size_t count) {
  const auto commas = static_cast<std::size_t>(std::ranges::count(form.parameters, ','));
  const auto most = form.parameters.empty() ? 0 : commas + 1;
  const auto optional = static_cast<std::size_t>(std::ranges::count(form.parameters, '['));
  if (form.parameters.ends_with("...")) return count + 1 >= most && count > 0;
  return count + optional >= most && count <= most;
}

/// Calls the first form that takes so many arguments.
inline Value call(std::string_view name, const std::vector<Value>& given, Evaluation& evaluation) {
  for (const auto& form : builtins()) {
    if (form.name == name && takes(form, given.size())) return form.call(given, evaluation);
  }
  FAIL("no form of " << name << " takes " << given.size());
  return {};
}

/// As FEEL's string(), or why it is null.
inline std::string called(std::string_view name, const std::vector<Value>& given) {
  Evaluation evaluation;
  const auto result = call(name, given, evaluation);
  return result.reason() != nullptr ? result.reason()->text : to_string(result);
}

struct Called {
  const char* name;
  std::vector<Value> given;
  const char* result;
};

inline void check_calls(const std::vector<Called>& table) {
  for (const auto& row : table) {
    INFO(row.name << to_string(Value(List(row.given))));
    CHECK(called(row.name, row.given) == row.result);
  }
}

inline Value number(const char* text) { return *Number::parse(text); }
inline Value date(const char* text) { return *Date::parse(text); }
inline Value time(const char* text) { return *Time::parse(text); }
inline Value moment(const char* text) { return *DateAndTime::parse(text); }
inline Value duration(const char* text) { return *DaysAndTimeDuration::parse(text); }
inline Value months(const char* text) { return *YearsAndMonthsDuration::parse(text); }
inline Value list(List items) { return items; }

}  // namespace vcsr::feel

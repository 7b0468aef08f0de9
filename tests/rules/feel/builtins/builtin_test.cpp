// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/builtin.hpp"

#include <set>
#include <string_view>

#include <doctest/doctest.h>

using namespace vcsr::feel;

TEST_CASE("the forms of a function stand together") {
  std::set<std::string_view> seen;
  std::string_view last;
  for (const auto& form : builtins()) {
    if (form.name == last) continue;
    CHECK_MESSAGE(seen.insert(form.name).second, form.name);
    last = form.name;
  }
}

TEST_CASE("all functions of the standard are there") {
  std::set<std::string_view> names;
  for (const auto& form : builtins()) names.insert(form.name);

  for (const char* name : {"date",
                           "date and time",
                           "time",
                           "number",
                           "string",
                           "duration",
                           "years and months duration",
                           "not",
                           "substring",
                           "string length",
                           "upper case",
                           "lower case",
                           "substring before",
                           "substring after",
                           "replace",
                           "contains",
                           "starts with",
                           "ends with",
                           "matches",
                           "split",
                           "string join",
                           "list contains",
                           "list replace",
                           "count",
                           "min",
                           "max",
                           "sum",
                           "mean",
                           "all",
                           "any",
                           "sublist",
                           "append",
                           "concatenate",
                           "insert before",
                           "remove",
                           "reverse",
                           "index of",
                           "union",
                           "distinct values",
                           "flatten",
                           "product",
                           "median",
                           "stddev",
                           "mode",
                           "decimal",
                           "floor",
                           "ceiling",
                           "round up",
                           "round down",
                           "round half up",
                           "round half down",
                           "abs",
                           "modulo",
                           "sqrt",
                           "log",
                           "exp",
                           "odd",
                           "even",
                           "is",
                           "before",
                           "after",
                           "meets",
                           "met by",
                           "overlaps",
                           "overlaps before",
                           "overlaps after",
                           "finishes",
                           "finished by",
                           "includes",
                           "during",
                           "starts",
                           "started by",
                           "coincides",
                           "day of year",
                           "day of week",
                           "month of year",
                           "week of year",
                           "sort",
                           "get value",
                           "get entries",
                           "context",
                           "context put",
                           "context merge",
                           "now",
                           "today",
                           "range"}) {
    CHECK_MESSAGE(names.contains(name), name);
  }
}

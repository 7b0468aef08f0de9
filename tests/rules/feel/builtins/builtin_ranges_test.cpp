// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "builtin_calls.hpp"

using namespace vcsr::feel;

namespace {

/// "[1..5)", with ends of one digit; "-" is an end that is not there.
Value range(const std::string& text) {
  const auto end = [](char c) { return c == '-' ? Value() : Value(c - '0'); };
  Range range{.start_included = text[0] == '[',
              .start = end(text[1]),
              .end = end(text[4]),
              .end_included = text[5] == ']'};
  if (text[1] == '-') range.form = range.end_included ? Range::Form::less_or_equal : Range::Form::less;
  if (text[4] == '-')
    range.form = range.start_included ? Range::Form::greater_or_equal : Range::Form::greater;
  return range;
}

struct Relation {
  const char* name;
  Value left;
  Value right;
  bool holds;
};

void check_relations(const std::vector<Relation>& table) {
  for (const auto& row : table) {
    INFO(row.name << " " << to_string(row.left) << " " << to_string(row.right));
    CHECK(called(row.name, {row.left, row.right}) == (row.holds ? "true" : "false"));
  }
}

}  // namespace

TEST_CASE("points and ranges lie before and after one another") {
  check_relations({
      {"before", 1, 2, true},
      {"before", 2, 2, false},
      {"before", 1, range("[1..5]"), false},
      {"before", 1, range("(1..5]"), true},
      {"before", range("[1..5)"), 5, true},
      {"before", range("[1..5]"), 5, false},
      {"before", range("[1..5]"), range("(5..9]"), true},
      {"before", range("[1..5]"), range("[5..9]"), false},
      {"after", 2, 1, true},
      {"after", 5, range("[1..5)"), true},
      {"after", range("(5..9]"), range("[1..5]"), true},
      {"after", range("[5..9]"), 5, false},
      {"before", range("(-..5]"), 6, true},
      {"after", 6, range("[5..-)"), false},
  });
}

TEST_CASE("ranges meet where both have the end") {
  check_relations({
      {"meets", range("[1..5]"), range("[5..9]"), true},
      {"meets", range("[1..5)"), range("[5..9]"), false},
      {"meets", range("[1..5]"), range("[6..9]"), false},
      {"met by", range("[5..9]"), range("[1..5]"), true},
      {"met by", range("(5..9]"), range("[1..5]"), false},
  });
}

TEST_CASE("ranges overlap where both have a point") {
  check_relations({
      {"overlaps", range("[1..5]"), range("[3..8]"), true},
      {"overlaps", range("[1..8]"), range("[3..5]"), true},
      {"overlaps", range("[1..5]"), range("[5..8]"), true},
      {"overlaps", range("[1..5]"), range("(5..8]"), false},
      {"overlaps", range("[6..8]"), range("[1..5]"), false},
      {"overlaps before", range("[1..5]"), range("[3..8]"), true},
      {"overlaps before", range("[3..8]"), range("[1..5]"), false},
      {"overlaps before", range("[1..5]"), range("(1..5]"), true},
      {"overlaps before", range("[1..5]"), range("[1..5]"), false},
      {"overlaps after", range("[3..8]"), range("[1..5]"), true},
      {"overlaps after", range("(1..5]"), range("[1..5)"), true},
      {"overlaps after", range("(1..5]"), range("[1..6]"), false},
  });
}

TEST_CASE("points and ranges lie in ranges, at their start and at their end") {
  check_relations({
      {"during", 5, range("[1..9]"), true},
      {"during", 9, range("[1..9)"), false},
      {"during", range("[4..6]"), range("[1..9]"), true},
      {"during", range("[1..9]"), range("(1..9]"), false},
      {"includes", range("[1..9]"), 1, true},
      {"includes", range("(1..9]"), 1, false},
      {"includes", range("[1..9]"), range("(1..9)"), true},
      {"includes", range("(1..9)"), range("[1..9]"), false},
      {"starts", 1, range("[1..9]"), true},
      {"starts", 1, range("(1..9]"), false},
      {"starts", range("[1..5]"), range("[1..9]"), true},
      {"starts", range("(1..5]"), range("[1..9]"), false},
      {"started by", range("[1..9]"), range("[1..5]"), true},
      {"finishes", 9, range("[1..9]"), true},
      {"finishes", range("[5..9]"), range("[1..9]"), true},
      {"finishes", range("[5..9)"), range("[1..9]"), false},
      {"finished by", range("[1..9]"), 9, true},
      {"finished by", range("[1..9]"), range("[5..9]"), true},
      {"coincides", range("[1..5]"), range("[1..5]"), true},
      {"coincides", range("[1..5]"), range("[1..5)"), false},
      {"coincides", 1, 1, true},
  });
}

TEST_CASE("values without an order have no relation") {
  check_calls({
      {"before", {1, "a"}, "ranges and points of values that have no order"},
      {"during", {"a", range("[1..5]")}, "ranges and points of values that have no order"},
      {"meets", {1, range("[1..5]")}, "argument 1: expected a range, got a number"},
      {"during", {1, 5}, "argument 2: expected a range, got a number"},
      {"coincides", {1, range("[1..5]")}, "argument 2: expected a point, got a range"},
  });
}

TEST_CASE("ranges whose ends cannot be told have no relation") {
  const Value unknown = Range{.start = Value(), .end = Value(5)};
  const Value other = Range{.start = Value(5), .end = Value(5), .form = Range::Form::not_equal};
  check_calls({
      {"before", {1, unknown}, "ranges and points of values that have no order"},
      {"during", {1, other}, "ranges and points of values that have no order"},
  });
}

TEST_CASE("a range is read from text that has literals alone as ends") {
  check_calls({
      {"range", {"[1..5)"}, "[1..5)"},
      {"range", {"]-1 .. 5["}, "(-1..5)"},
      {"range", {"[\"a..b\"..\"c\"]"}, "[\"a..b\"..\"c\"]"},
      {"range", {"[@\"2020-01-01\"..@\"2020-12-31\"]"}, "[2020-01-01..2020-12-31]"},
      {"range", {"[date(\"2020-01-01\")..date(2020, 12, 31)]"}, "[2020-01-01..2020-12-31]"},
      {"range", {"(..5]"}, "(<=5)"},
      {"range", {"[5..)"}, "(>=5)"},
      {"range", {"[..5]"}, "'[..5]' is no range"},
      {"range", {"(..)"}, "'(..)' is no range"},
      {"range", {"1..5"}, "'1..5' is no range"},
      {"range", {"5"}, "'5' is no range"},
      {"range", {"[1..x]"}, "'[1..x]' is no range"},
      {"range", {"[1..1+1]"}, "'[1..1+1]' is no range"},
      {"range", {"[1..\"a\"]"}, "'[1..\"a\"]' is no range"},
      {"range", {"[1..null]"}, "'[1..null]' is no range"},
      {"range", {"[@\"foo\"..@\"bar\"]"}, "'[@\"foo\"..@\"bar\"]' is no range"},
      {"range", {5}, "argument 1: expected a string, got a number"},
  });
}

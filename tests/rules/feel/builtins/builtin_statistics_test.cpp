// SPDX-License-Identifier: Apache-2.0
#include "builtin_calls.hpp"

using namespace vcsr::feel;

TEST_CASE("figures are of a list or of the arguments") {
  check_calls({
      {"sum", {list({6, 14, -3})}, "17"},
      {"sum", {1, 2, 3}, "6"},
      {"mean", {1, 2}, "1.5"},
      {"product", {list({number("2.5"), 1, number("2.5"), 3})}, "18.75"},
      {"median", {8, 2, 5, 3, 4}, "4"},
      {"median", {list({6, 1, 2, 3})}, "2.5"},
      {"stddev", {list({2, 4, 7, 5})}, "2.081665999466132735282297706979931"},
      {"mode", {list({6, 3, 9, 6, 6})}, "[6]"},
      {"mode", {6, 1, 9, 6, 1}, "[1, 6]"},
      {"mode", {list({})}, "[]"},
      {"sum", {5}, "5"},
  });
}

TEST_CASE("no figures are made of nothing or of what is no number") {
  check_calls({
      {"sum", {list({})}, "the list is empty"},
      {"median", {list({})}, "the list is empty"},
      {"stddev", {47}, "a standard deviation needs two numbers at least"},
      {"median", {list({1, "foo"})}, "expected numbers, got a string in the list"},
      {"product", {list({1, Value()})}, "expected numbers, got null in the list"},
      {"sum", {Value()}, "expected numbers, got null in the list"},
      {"mode", {"a"}, "expected numbers, got a string in the list"},
  });
}

TEST_CASE("the first and the last are found among values that have an order") {
  check_calls({
      {"min", {6, 14, -3}, "-3"},
      {"max", {list({"a", "ca", "b"})}, "ca"},
      {"max", {date("2018-01-01"), date("2019-01-01")}, "2019-01-01"},
      {"min", {list({})}, "the list is empty"},
      {"min", {list({1, "a"})}, "no order between a number and a string"},
      {"max", {1, Value()}, "no order between a number and null"},
  });
}

TEST_CASE("all and any know of three truths") {
  check_calls({
      {"all", {list({true, true})}, "true"},
      {"all", {list({})}, "true"},
      {"all", {true, Value(), false}, "false"},
      {"all", {true, Value(), true}, "null in the list"},
      {"all", {list({true, 123})}, "expected booleans, got a number in the list"},
      {"any", {list({})}, "false"},
      {"any", {Value(), true}, "true"},
      {"any", {Value(), false}, "null in the list"},
      {"any", {123}, "expected booleans, got a number in the list"},
  });
}

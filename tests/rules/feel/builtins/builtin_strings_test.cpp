// SPDX-License-Identifier: Apache-2.0
#include "builtin_calls.hpp"

using namespace vcsr::feel;

TEST_CASE("a part of a string is counted in characters from either end") {
  check_calls({
      {"substring", {"foobar", 3}, "obar"},
      {"substring", {"foobar", 3, 3}, "oba"},
      {"substring", {"foobar", -2, 1}, "a"},
      {"substring", {"foobar", 3, number("3.8")}, "oba"},
      {"substring", {"foobar", 3, Value()}, "obar"},
      {"substring", {"🐎foo", 2}, "foo"},
      {"substring", {"a🐎b", 2, 1}, "🐎"},
      {"substring", {"foobar", 0}, "no position 0 in a string of 6"},
      {"substring", {"foobar", 7}, "no position 7 in a string of 6"},
      {"substring", {"foobar", -7}, "no position -7 in a string of 6"},
      {"substring", {"foobar", 5, 3}, "no 3 characters from there on, but 2"},
      {"substring", {"foobar", 5, 0}, "no 0 characters from there on, but 2"},
      {"string length", {"🐎😀"}, "2"},
      {"string length", {""}, "0"},
      {"string length", {5}, "argument 1: expected a string, got a number"},
  });
}

TEST_CASE("a string is looked for in another") {
  check_calls({
      {"contains", {"foobar", "ob"}, "true"},
      {"contains", {"", "a"}, "false"},
      {"starts with", {"foobar", "fo"}, "true"},
      {"ends with", {"foobar", "fo"}, "false"},
      {"substring before", {"foobar", "bar"}, "foo"},
      {"substring before", {"foobar", "x"}, ""},
      {"substring after", {"foobar", "ob"}, "ar"},
      {"substring after", {"", "a"}, ""},
      {"contains", {"bar", Value()}, "argument 2: expected a string, got null"},
  });
}

TEST_CASE("letters of all languages have their case") {
  check_calls({
      {"upper case", {"aBc4ß é"}, "ABC4SS É"},
      {"lower case", {"ABC Σ Ж"}, "abc σ ж"},
      {"upper case", {""}, ""},
  });
}

TEST_CASE("strings are joined, nulls left out") {
  check_calls({
      {"string join", {list({"a", "b", "c"}), " and "}, "a and b and c"},
      {"string join", {list({"a", Value(), "c"}), "X"}, "aXc"},
      {"string join", {list({"a", "b"})}, "ab"},
      {"string join", {list({"a", "b"}), Value()}, "ab"},
      {"string join", {"a", "X"}, "a"},
      {"string join", {list({}), "X"}, ""},
      {"string join", {list({"a", 1}), "X"}, "expected strings, got a number in the list"},
      {"string join", {Value(), "X"}, "argument 1: expected a list, got null"},
  });
}

TEST_CASE("a string is made of anything but null") {
  check_calls({
      {"string", {number("1.50")}, "1.5"},
      {"string", {"a"}, "a"},
      {"string",
       {moment("2018-12-08T10:30:11@Australia/Melbourne")},
       "2018-12-08T10:30:11@Australia/Melbourne"},
      {"string", {Value()}, "null has no string"},
      {"not", {true}, "false"},
      {"not", {0}, "argument 1: expected a boolean, got a number"},
  });
}

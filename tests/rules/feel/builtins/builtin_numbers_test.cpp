// SPDX-License-Identifier: Apache-2.0
#include "builtin_calls.hpp"

using namespace vcsr::feel;

TEST_CASE("numbers are rounded to digits after the point or before it") {
  check_calls({
      {"decimal", {number("0.515"), 2}, "0.52"},
      {"decimal", {number("2.5"), 0}, "2"},
      {"decimal", {number("0.333"), number("2.5")}, "0.33"},
      {"floor", {number("-1.5")}, "-2"},
      {"floor", {number("-1.56"), 1}, "-1.6"},
      {"ceiling", {number("-0.3333")}, "0"},
      {"ceiling", {number("1.56"), 1}, "1.6"},
      {"round up", {number("-5.5"), 0}, "-6"},
      {"round down", {number("-1.126"), 2}, "-1.12"},
      {"round half up", {number("-5.5"), 0}, "-6"},
      {"round half down", {number("5.5"), 0}, "5"},
      {"round half up", {1550, -2}, "1600"},
      {"round down", {number("5.5"), 6176}, "5.5"},
      {"round down", {number("5.5"), 6177}, "argument 2: a scale is from -6111 to 6176, got 6177"},
      {"floor", {number("1.5"), Value()}, "argument 2: expected a number, got null"},
      {"round up", {"123", 0}, "argument 1: expected a number, got a string"},
  });
}

TEST_CASE("a list of one number is that number") {
  check_calls({{"abs", {list({-1})}, "1"},
               {"abs", {list({-1, -2})}, "argument 1: expected a number or a duration, got a list"}});
}

TEST_CASE("numbers and durations have a size") {
  check_calls({
      {"abs", {-1}, "1"},
      {"abs", {duration("-P1D")}, "P1D"},
      {"abs", {months("-P1Y")}, "P1Y"},
      {"abs", {true}, "argument 1: expected a number or a duration, got a boolean"},
  });
}

TEST_CASE("functions of mathematics say why they have no result") {
  check_calls({
      {"modulo", {-12, 5}, "3"},
      {"modulo", {10, 0}, "division by zero"},
      {"sqrt", {16}, "4"},
      {"sqrt", {-1}, "no root of the negative -1"},
      {"log", {1}, "0"},
      {"log", {0}, "no logarithm of 0"},
      {"exp", {0}, "1"},
      {"exp", {100000}, "e to the power of 100000 is too large"},
      {"even", {-2}, "true"},
      {"even", {number("2.5")}, "false"},
      {"odd", {-1}, "true"},
      {"odd", {number("1.5")}, "false"},
      {"odd", {2}, "false"},
  });
}

TEST_CASE("a string is a number with the separators that are said") {
  check_calls({
      {"number", {"12.5"}, "12.5"},
      {"number", {"1 000 000.01", " ", "."}, "1000000.01"},
      {"number", {"1.000.000,01", ".", ","}, "1000000.01"},
      {"number", {"1,000,000", ",", Value()}, "1000000"},
      {"number", {"1000000,01", Value(), ","}, "1000000.01"},
      {"number", {"1.000.000,01", "."}, "'1.000.000,01' is no number"},
      {"number", {"1,5", ",", ","}, "both separators are the same"},
      {"number", {"1:5", ":", "."}, "argument 2: expected one of \" ,.\", got a string"},
      {"number", {"15", ",", " "}, "argument 3: expected one of \".,\", got a string"},
      {"number", {"foo", ",", "."}, "'foo' is no number"},
      {"number", {5, ",", "."}, "argument 1: expected a string, got a number"},
  });
}

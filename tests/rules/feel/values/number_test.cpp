// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/number.hpp"

#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

using vcsr::feel::Number;

namespace {

using Rounding = Number::Rounding;

Number number(const char* text) {
  const auto parsed = Number::parse(text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  return *parsed;
}

}  // namespace

TEST_CASE("a number is written in full, without an exponent and without zeros that say nothing") {
  const struct {
    const char* text;
    const char* written;
  } table[] = {
      {"0", "0"},
      {"-0", "0"},
      {"00012", "12"},
      {"1.50", "1.5"},
      {"100", "100"},
      {"1.23e-4", "0.000123"},
      {"1.23E+4", "12300"},
      {".5", "0.5"},
      {"-.5", "-0.5"},
      {"1234567890123456789012345678901234", "1234567890123456789012345678901234"},
      {"0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234"},
      {"-1e20", "-100000000000000000000"},
  };

  for (const auto& row : table) CHECK(number(row.text).to_string() == row.written);
}

TEST_CASE("what is no number of FEEL is not taken for one") {
  for (const char* text : {"", "-", "+1", "1.", ".", "1e", "1e+", " 1", "1 ", "1,000", "--1", "0x10",
                           "Infinity", "NaN", "1.2.3", "1e5.0", "1e7000"}) {
    CHECK_FALSE(Number::parse(text).has_value());
  }
}

TEST_CASE("arithmetic is exact in decimal and rounds half to even at the 34th digit") {
  CHECK(number("0.1") + number("0.2") == number("0.3"));
  CHECK((Number(1) / Number(3)).to_string() == "0.3333333333333333333333333333333333");
  CHECK(Number(1) / Number(3) * Number(3) != Number(1));
  CHECK(number("9999999999999999999999999999999999") + number("0.5") == number("1e34"));
  CHECK(number("9999999999999999999999999999999998") + number("0.5") ==
        number("9999999999999999999999999999999998"));
  CHECK((number("1.10") - number("1.1")).zero());
}

TEST_CASE("what has no result is not finite") {
  CHECK_FALSE((Number(1) / Number(0)).finite());
  CHECK_FALSE((Number(0) / Number(0)).finite());
  CHECK_FALSE((number("1e6144") * Number(10)).finite());
  CHECK_FALSE(Number(-1).sqrt().finite());
  CHECK_FALSE(Number(0).log().finite());
  CHECK_FALSE(Number(-1).log().finite());
  CHECK_FALSE(Number(-2).pow(number("0.5")).finite());
  CHECK_FALSE(Number(5).modulo(0).finite());
  CHECK(Number(-1).finite());
}

TEST_CASE("whole powers are exact") {
  CHECK(Number(2).pow(100).to_string() == "1267650600228229401496703205376");
  CHECK(number("1.1").pow(10).to_string() == "2.5937424601");
  CHECK(Number(10).pow(-3) == number("0.001"));
  CHECK(Number(-3).pow(3) == Number(-27));
  CHECK(Number(4).pow(number("0.5")) == Number(2));
}

TEST_CASE("each rounding has its way with halves, signs and tens") {
  const struct {
    Rounding mode;
    std::vector<const char*> rounded;  // of 5.5 2.5 1.1 -1.1 -2.5 -5.5
  } table[] = {
      {Rounding::half_even, {"6", "2", "1", "-1", "-2", "-6"}},
      {Rounding::half_up, {"6", "3", "1", "-1", "-3", "-6"}},
      {Rounding::half_down, {"5", "2", "1", "-1", "-2", "-5"}},
      {Rounding::up, {"6", "3", "2", "-2", "-3", "-6"}},
      {Rounding::down, {"5", "2", "1", "-1", "-2", "-5"}},
      {Rounding::floor, {"5", "2", "1", "-2", "-3", "-6"}},
      {Rounding::ceiling, {"6", "3", "2", "-1", "-2", "-5"}},
  };
  const char* given[] = {"5.5", "2.5", "1.1", "-1.1", "-2.5", "-5.5"};

  for (const auto& row : table) {
    for (std::size_t i = 0; i < row.rounded.size(); ++i) {
      CHECK(number(given[i]).rounded(0, row.mode) == number(row.rounded[i]));
    }
  }
  CHECK(number("2.51").rounded(0, Rounding::half_down) == Number(3));
  CHECK(number("1.125").rounded(2, Rounding::half_even) == number("1.12"));
  CHECK(Number(1550).rounded(-2, Rounding::half_up) == Number(1600));
  CHECK(number("1.5").rounded(5, Rounding::up) == number("1.5"));
  CHECK(Number(1).rounded(-6176, Rounding::down).zero());
}

TEST_CASE("modulo has the sign of the divisor") {
  CHECK(Number(12).modulo(5) == Number(2));
  CHECK(Number(-12).modulo(5) == Number(3));
  CHECK(Number(12).modulo(-5) == Number(-3));
  CHECK(Number(-12).modulo(-5) == Number(-2));
  CHECK(number("10.1").modulo(number("4.5")) == number("1.1"));
  CHECK(number("-10.1").modulo(number("4.5")) == number("3.4"));
}

TEST_CASE("the key of a number orders as the number does") {
  const char* ascending[] = {"-1e6144",
                             "-100",
                             "-99.9",
                             "-1",
                             "-0.1",
                             "-1e-6176",
                             "0",
                             "1e-6176",
                             "1e-6175",
                             "0.099",
                             "0.1",
                             "0.10001",
                             "1",
                             "9.99",
                             "10",
                             "1e10",
                             "9999999999999999999999999999999999",
                             "1e34",
                             "1e6144"};
  for (std::size_t i = 1; i < std::size(ascending); ++i) {
    CHECK(number(ascending[i - 1]).key() < number(ascending[i]).key());
    CHECK(number(ascending[i - 1]) < number(ascending[i]));
  }
  for (int i = 0; i < 34; ++i) {
    const auto power = Number(10).pow(i);
    CHECK((power - Number(1)).key() < power.key());
    CHECK(power.key() < (power + Number(1)).key());
    CHECK((-power).key() < (Number(1) - power).key());
    CHECK(power > power - Number(1));
    CHECK(-power < Number(1) - power);
  }
  CHECK(number("1.0").key() == number("1.000").key());
  CHECK(number("100").key() == number("1e2").key());
  CHECK(number("-0").key() == Number(0).key());
}

TEST_CASE("whole numbers go to int64 and come back only where they fit") {
  for (const std::int64_t value : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX}) {
    CHECK(Number(value).to_int64() == value);
  }
  CHECK(number("1e2").to_int64() == 100);
  CHECK(number("12.00").to_int64() == 12);
  CHECK_FALSE(number("9223372036854775808").to_int64().has_value());
  CHECK_FALSE(number("1e40").to_int64().has_value());
  CHECK_FALSE(number("0.5").to_int64().has_value());
  CHECK_FALSE((Number(1) / Number(0)).to_int64().has_value());
}

TEST_CASE("a double becomes the decimal that it was written as") {
  CHECK(Number::from(0.1) == number("0.1"));
  CHECK(Number::from(-12.5) == number("-12.5"));
  CHECK(Number::from(1e300) == number("1e300"));
  CHECK(number("0.1").to_double() == 0.1);
}

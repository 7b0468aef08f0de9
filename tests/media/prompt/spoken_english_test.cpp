// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "vcsr/media/spoken.hpp"

using namespace vcsr;

TEST_CASE("numbers in English") {
  struct Case {
    std::int64_t number;
    const char* words;
  };
  const Case cases[] = {
      {0, "zero"},
      {1, "one"},
      {-1, "minus one"},
      {10, "ten"},
      {13, "thirteen"},
      {19, "nineteen"},
      {20, "twenty"},
      {21, "twenty-one"},
      {99, "ninety-nine"},
      {100, "one hundred"},
      {101, "one hundred one"},
      {999, "nine hundred ninety-nine"},
      {1'000, "one thousand"},
      {1'001, "one thousand one"},
      {10'200, "ten thousand two hundred"},
      {100'000, "one hundred thousand"},
      {1'000'000, "one million"},
      {1'000'001, "one million one"},
      {2'345'678, "two million three hundred forty-five thousand six hundred seventy-eight"},
      {1'000'000'000, "one billion"},
      {7'000'000'000'000, "seven trillion"},
      {std::numeric_limits<std::int64_t>::max(),
       "nine quintillion two hundred twenty-three quadrillion three hundred seventy-two trillion thirty-six "
       "billion "
       "eight hundred fifty-four million seven hundred seventy-five thousand eight hundred seven"},
      {std::numeric_limits<std::int64_t>::min(),
       "minus nine quintillion two hundred twenty-three quadrillion three hundred seventy-two trillion "
       "thirty-six "
       "billion eight hundred fifty-four million seven hundred seventy-five thousand eight hundred eight"},
  };
  for (const Case& each : cases) CHECK(spoken_number(each.number, "en") == each.words);
}

TEST_CASE("digits in English") {
  CHECK(spoken_digits("", "en").empty());
  CHECK(spoken_digits("0012", "en") == "zero zero one two");
  CHECK(spoken_digits("11", "en", true) == "one one");
  CHECK(spoken_digits("+86 10-5566", "en") == "plus eight six, one zero, five five six six");
  CHECK(spoken_digits("(212) 5 ", "en") == "two one two, five");
  CHECK(spoken_digits("aB*#1.5", "en") == "A B star pound one point five");
}

TEST_CASE("money in English") {
  struct Case {
    std::int64_t minor;
    const char* currency;
    const char* words;
  };
  const Case cases[] = {
      {123450, "CNY", "one thousand two hundred thirty-four yuan and fifty fen"},
      {0, "CNY", "zero yuan"},
      {50, "CNY", "fifty fen"},
      {1, "USD", "one cent"},
      {2, "USD", "two cents"},
      {100, "USD", "one dollar"},
      {101, "USD", "one dollar and one cent"},
      {200, "USD", "two dollars"},
      {-250, "USD", "minus two dollars and fifty cents"},
      {101, "GBP", "one pound and one penny"},
      {250, "GBP", "two pounds and fifty pence"},
      {101, "EUR", "one euro and one cent"},
      {250, "EUR", "two euros and fifty cents"},
      {100, "HKD", "one Hong Kong dollar"},
      {250, "HKD", "two Hong Kong dollars and fifty cents"},
      {1, "JPY", "one yen"},
      {250, "JPY", "two hundred fifty yen"},
      {0, "JPY", "zero yen"},
      {std::numeric_limits<std::int64_t>::min(), "CNY",
       "minus ninety-two quadrillion two hundred thirty-three trillion seven hundred twenty billion three "
       "hundred "
       "sixty-eight million five hundred forty-seven thousand seven hundred fifty-eight yuan and eight fen"},
  };
  for (const Case& each : cases) CHECK(spoken_money(Money(each.minor, each.currency), "en") == each.words);
}

TEST_CASE("dates in English") {
  using namespace std::chrono;
  const auto said = [](int y, unsigned m, unsigned d) {
    return spoken_date(year(y) / month(m) / day(d), "en");
  };
  CHECK(said(2026, 11, 22) == "November twenty-second, twenty twenty-six");
  CHECK(said(2000, 1, 1) == "January first, two thousand");
  CHECK(said(2005, 2, 2) == "February second, two thousand five");
  CHECK(said(2010, 3, 3) == "March third, twenty ten");
  CHECK(said(1999, 12, 31) == "December thirty-first, nineteen ninety-nine");
  CHECK(said(1905, 5, 12) == "May twelfth, nineteen oh five");
  CHECK(said(1900, 6, 20) == "June twentieth, nineteen hundred");
  CHECK(said(2100, 7, 30) == "July thirtieth, twenty-one hundred");
  CHECK(said(476, 9, 5) == "September fifth, four hundred seventy-six");
  CHECK(said(12000, 8, 25) == "August twenty-fifth, twelve thousand");
}

TEST_CASE("times in English") {
  const auto said = [](int hour, int minute) {
    return spoken_time(std::chrono::minutes(hour * 60 + minute), "en");
  };
  CHECK(said(9, 30) == "nine thirty a.m.");
  CHECK(said(9, 0) == "nine a.m.");
  CHECK(said(9, 5) == "nine oh five a.m.");
  CHECK(said(0, 0) == "midnight");
  CHECK(said(0, 15) == "twelve fifteen a.m.");
  CHECK(said(12, 0) == "noon");
  CHECK(said(12, 1) == "twelve oh one p.m.");
  CHECK(said(23, 59) == "eleven fifty-nine p.m.");
}

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/spoken.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

TEST_CASE("a wait is said as roughly as people say it, in both languages") {
  const auto english = [](std::chrono::seconds wait) { return spoken_wait(wait, "en"); };

  CHECK(english(0s) == "less than a minute");
  CHECK(english(59s) == "less than a minute");
  CHECK(english(60s) == "about one minute");
  CHECK(english(170s) == "about three minutes");
  CHECK(english(629s) == "about ten minutes");
  CHECK(english(11min) == "about ten minutes");
  CHECK(english(13min) == "about fifteen minutes");
  CHECK(english(34min) == "about thirty minutes");
  CHECK(english(47min) == "about fifty minutes");
  CHECK(english(60min) == "about an hour");
  CHECK(english(66min) == "more than an hour");
  CHECK(english(100h) == "more than an hour");
  CHECK(spoken_wait(30s, "zh") == "不到一分钟");
  CHECK(spoken_wait(2min, "zh") == "大约两分钟");
  CHECK(spoken_wait(20min, "zh") == "大约二十分钟");
  CHECK(spoken_wait(1h, "zh") == "大约一小时");
  CHECK(spoken_wait(2h, "zh") == "超过一小时");
  CHECK(Spoken::wait(3min).text("en") == "about three minutes");
  CHECK_THROWS_AS(spoken_wait(3min, "de"), Error);
}

TEST_CASE("a language is known by the beginning of its tag, in any case") {
  CHECK(spoken_number(3, "en") == "three");
  CHECK(spoken_number(3, "en-GB") == "three");
  CHECK(spoken_number(3, "EN-us") == "three");
  CHECK(spoken_number(3, "zh") == "三");
  CHECK(spoken_number(3, "zh-Hant-TW") == "三");
  CHECK(spoken_number(3, "ZH-cn") == "三");
}

TEST_CASE("a language nobody taught us is refused by name") {
  for (const char* language : {"de", "", "eng", "e", "zhx-CN"}) {
    CAPTURE(language);
    try {
      spoken_number(3, language);
      FAIL("was said");
    } catch (const Error& error) {
      CHECK(error.code() == Error::Code::unsupported);
      CHECK(std::string(error.what()).find("not in \"" + std::string(language) + "\"") != std::string::npos);
    }
  }
}

TEST_CASE("a currency nobody taught us is refused by name") {
  CHECK_THROWS_WITH_AS(spoken_money(Money(100, "XAU"), "en"),
                       "currency \"XAU\" cannot be said; known are CNY, USD, EUR, GBP, HKD and JPY", Error);
}

TEST_CASE("a day that is in no calendar is refused") {
  using namespace std::chrono;
  CHECK_THROWS_WITH_AS(spoken_date(year(2026) / 2 / 29, "en"),
                       "date 2026-2-29: there is no such day in the calendar since year 1", Error);
  CHECK_THROWS_AS(spoken_date(year(2026) / 13 / 1, "zh"), Error);
  CHECK_THROWS_AS(spoken_date(year(0) / 1 / 1, "zh"), Error);
  CHECK(spoken_date(year(2028) / 2 / 29, "zh") == "二零二八年二月二十九日");
}

TEST_CASE("a time outside the day is refused") {
  CHECK_THROWS_WITH_AS(spoken_time(1440min, "en"),
                       "time of day: expected 0 to 1439 minutes since midnight, got 1440", Error);
  CHECK_THROWS_AS(spoken_time(-1min, "zh"), Error);
}

TEST_CASE("a character without a name is refused with the digits it stands in") {
  CHECK_THROWS_WITH_AS(spoken_digits("12/3", "en"), "digits \"12/3\": expected 0-9, A-Z, + * # . and spaces",
                       Error);
  CHECK_THROWS_AS(spoken_digits("一二", "zh"), Error);
}

TEST_CASE("a value inside a prompt is said in the prompt's language") {
  using namespace std::chrono;
  struct Case {
    Spoken value;
    const char* english;
    const char* chinese;
  };
  const Case cases[] = {
      {Spoken::number(-42), "minus forty-two", "负四十二"},
      {Spoken::digits("0012"), "zero zero one two", "零零一二"},
      {Spoken::money(Money(123450, "CNY")), "one thousand two hundred thirty-four yuan and fifty fen",
       "一千二百三十四元五角"},
      {Spoken::date(year(2026) / 11 / 22), "November twenty-second, twenty twenty-six",
       "二零二六年十一月二十二日"},
      {Spoken::time(570min), "nine thirty a.m.", "上午九点三十分"},
      {Spoken("Ms Li"), "Ms Li", "Ms Li"},
      {"as it stands", "as it stands", "as it stands"},
  };
  for (const Case& each : cases) {
    CHECK(each.value.text("en") == each.english);
    CHECK(each.value.text("zh-CN") == each.chinese);
  }
}

TEST_CASE("letters are spelled so that none is taken for another") {
  CHECK(spoken_letters("b-1 x", "en") == "B as in Bravo, one, X as in X-ray");
  CHECK(spoken_letters("AB1", "zh") == "A，B，一");
  CHECK(Spoken::spelled("Z9").text("en") == "Z as in Zulu, nine");
  CHECK_THROWS_WITH_AS(spoken_letters("a/b", "en"), "letters \"a/b\": expected 0-9, A-Z, + * # . and spaces",
                       Error);
}

// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "vcsr/media/spoken.hpp"

using namespace vcsr;

TEST_CASE("numbers in Chinese") {
  struct Case {
    std::int64_t number;
    const char* words;
  };
  const Case cases[] = {
      {0, "零"},
      {2, "二"},
      {-42, "负四十二"},
      {10, "十"},
      {12, "十二"},
      {20, "二十"},
      {100, "一百"},
      {105, "一百零五"},
      {110, "一百一十"},
      {112, "一百一十二"},
      {200, "二百"},
      {222, "二百二十二"},
      {1'000, "一千"},
      {1'001, "一千零一"},
      {1'010, "一千零一十"},
      {1'012, "一千零一十二"},
      {1'100, "一千一百"},
      {1'234, "一千二百三十四"},
      {2'000, "两千"},
      {2'200, "两千二百"},
      {10'000, "一万"},
      {10'001, "一万零一"},
      {10'010, "一万零一十"},
      {10'200, "一万零二百"},
      {12'000, "一万二千"},
      {20'000, "两万"},
      {22'222, "两万二千二百二十二"},
      {100'000, "十万"},
      {100'012, "十万零一十二"},
      {101'000, "十万一千"},
      {120'500, "十二万零五百"},
      {200'000, "二十万"},
      {1'050'000, "一百零五万"},
      {10'000'000, "一千万"},
      {20'000'000, "两千万"},
      {100'000'000, "一亿"},
      {100'000'001, "一亿零一"},
      {100'010'000, "一亿零一万"},
      {101'000'000, "一亿零一百万"},
      {110'000'000, "一亿一千万"},
      {200'020'000, "两亿零二万"},
      {1'010'001'000, "十亿一千万一千"},
      {100'000'000'000, "一千亿"},
      {1'000'000'000'000, "一万亿"},
      {2'000'000'000'000, "两万亿"},
      {10'000'000'000'000'000, "一亿亿"},
      {std::numeric_limits<std::int64_t>::max(),
       "九百二十二亿三千三百七十二万零三百六十八亿五千四百七十七万五千八百零七"},
      {std::numeric_limits<std::int64_t>::min(),
       "负九百二十二亿三千三百七十二万零三百六十八亿五千四百七十七万五千八百零八"},
  };
  for (const Case& each : cases) CHECK(spoken_number(each.number, "zh") == each.words);
}

TEST_CASE("digits in Chinese") {
  CHECK(spoken_digits("0012", "zh") == "零零一二");
  CHECK(spoken_digits("110", "zh") == "一一零");
  CHECK(spoken_digits("110", "zh", true) == "幺幺零");
  CHECK(spoken_digits("+86 10-5566", "zh", true) == "加八六，幺零，五五六六");
  CHECK(spoken_digits("b*#1.5", "zh") == "B星号井号一点五");
}

TEST_CASE("money in Chinese") {
  struct Case {
    std::int64_t minor;
    const char* currency;
    const char* words;
  };
  const Case cases[] = {
      {123450, "CNY", "一千二百三十四元五角"},
      {100005, "CNY", "一千元零五分"},
      {100000, "CNY", "一千元"},
      {101050, "CNY", "一千零一十元五角"},
      {50, "CNY", "五角"},
      {55, "CNY", "五角五分"},
      {5, "CNY", "五分"},
      {22, "CNY", "二角二分"},
      {0, "CNY", "零元"},
      {-123456, "CNY", "负一千二百三十四元五角六分"},
      {200, "CNY", "两元"},
      {1200, "CNY", "十二元"},
      {200000, "CNY", "两千元"},
      {20000, "CNY", "二百元"},
      {1234, "USD", "十二美元三十四美分"},
      {1005, "USD", "十美元零五美分"},
      {2, "USD", "两美分"},
      {250, "EUR", "两欧元五十欧分"},
      {101, "GBP", "一英镑零一便士"},
      {123450, "HKD", "一千二百三十四港元五角"},
      {250, "JPY", "二百五十日元"},
      {0, "JPY", "零日元"},
      {std::numeric_limits<std::int64_t>::min(), "CNY",
       "负九亿二千二百三十三万七千二百零三亿六千八百五十四万七千七百五十八元零八分"},
  };
  for (const Case& each : cases) CHECK(spoken_money(Money(each.minor, each.currency), "zh") == each.words);
}

TEST_CASE("dates in Chinese") {
  using namespace std::chrono;
  CHECK(spoken_date(year(2026) / 11 / 22, "zh") == "二零二六年十一月二十二日");
  CHECK(spoken_date(year(2000) / 1 / 10, "zh") == "二零零零年一月十日");
  CHECK(spoken_date(year(1999) / 2 / 2, "zh") == "一九九九年二月二日");
}

TEST_CASE("times in Chinese") {
  const auto said = [](int hour, int minute) {
    return spoken_time(std::chrono::minutes(hour * 60 + minute), "zh");
  };
  CHECK(said(0, 0) == "凌晨零点");
  CHECK(said(2, 0) == "凌晨两点");
  CHECK(said(5, 59) == "凌晨五点五十九分");
  CHECK(said(9, 30) == "上午九点三十分");
  CHECK(said(9, 5) == "上午九点零五分");
  CHECK(said(12, 0) == "中午十二点");
  CHECK(said(14, 22) == "下午两点二十二分");
  CHECK(said(14, 2) == "下午两点零二分");
  CHECK(said(18, 10) == "晚上六点十分");
  CHECK(said(23, 59) == "晚上十一点五十九分");
}

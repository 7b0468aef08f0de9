// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr {

/// An exact amount: `minor` hundredths of the currency's unit (ISO 4217: "CNY", "USD", "EUR",
/// "GBP", "HKD"; JPY has no hundredths, its minor unit is the yen).
struct Money {
  explicit Money(std::int64_t minor = 0, std::string currency = "CNY")
      : minor(minor), currency(std::move(currency)) {}
  std::int64_t minor;
  std::string currency;
};

/// How values are said. `language` is a BCP 47 tag; "en…" and "zh…" are known, anything else
/// throws Error(unsupported).

/// -42 → "minus forty-two", 负四十二; 10,200 → 一万零二百. Chinese says 二, but 两 where a number begins
/// with it before 千, 万 or 亿 (两千二百) and where it stands alone before a measure word (两元, 两点).
VCSR_EXPORT std::string spoken_number(std::int64_t number, std::string_view language);
/// "0012" → "zero zero one two", 零零一二; spaces and hyphens are pauses; letters and + * # . are named;
/// anything else throws Error(invalid). 1 is 幺 in Chinese telephone and card numbers only when `telephone`.
VCSR_EXPORT std::string spoken_digits(std::string_view digits, std::string_view language,
                                      bool telephone = false);
/// "AB1" → "A as in Alfa, B as in Bravo, one"; in Chinese letters are named as they are: "A，B，一". Takes
/// what spoken_digits() takes.
VCSR_EXPORT std::string spoken_letters(std::string_view text, std::string_view language);
/// ¥1,234.50 → "one thousand two hundred thirty-four yuan and fifty fen", 一千二百三十四元五角.
VCSR_EXPORT std::string spoken_money(const Money& money, std::string_view language);
/// → "November twenty-second, twenty twenty-six", 二零二六年十一月二十二日.
VCSR_EXPORT std::string spoken_date(std::chrono::year_month_day date, std::string_view language);
/// Time of day → "nine thirty a.m.", 上午九点三十分.
VCSR_EXPORT std::string spoken_time(std::chrono::minutes since_midnight, std::string_view language);

/// A wait, as roughly as people say it: to the minute up to ten, to five up to half an hour, to ten up to an
/// hour → "less than a minute", "about three minutes", "more than an hour";
/// 不到一分钟，大约三分钟，超过一小时.
VCSR_EXPORT std::string spoken_wait(Duration wait, std::string_view language);

/// A value inside a prompt whose words depend on the language in which it is said. What cannot be said is
/// thrown when it is: by text(), as by spoken_…() above.
class VCSR_EXPORT Spoken {
 public:
  Spoken(std::string words);
  Spoken(const char* words) : Spoken(std::string(words)) {}
  static Spoken number(std::int64_t number);
  static Spoken digits(std::string digits);
  /// As spoken_letters() has it, for names and codes that must not be misheard.
  static Spoken spelled(std::string text);
  static Spoken money(Money money);
  static Spoken date(std::chrono::year_month_day date);
  static Spoken time(std::chrono::minutes since_midnight);
  static Spoken wait(Duration wait);

  std::string text(std::string_view language) const;

 private:
  struct Digits {
    std::string text;
  };
  struct Letters {
    std::string text;
  };
  using Variant = std::variant<std::string, std::int64_t, Digits, Letters, Money, std::chrono::year_month_day,
                               std::chrono::minutes, Duration>;
  explicit Spoken(Variant value) : value_(std::move(value)) {}
  Variant value_;
};

}  // namespace vcsr

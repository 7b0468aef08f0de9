// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/spoken.hpp"

#include <algorithm>
#include <array>

#include "media/prompt/spoken_language.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::array<std::string_view, 6> currencies = {"CNY", "USD", "EUR", "GBP", "HKD", "JPY"};

const SpokenLanguage& language_of(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find('-'));
  const auto is = [primary](char first, char second) {
    return primary.size() == 2 && (primary[0] | 0x20) == first && (primary[1] | 0x20) == second;
  };
  if (is('e', 'n')) return english();
  if (is('z', 'h')) return chinese();
  throw Error(Error::Code::unsupported,
              "numbers, money and dates can be said in \"en\" and \"zh\", not in \"" + std::string(tag) +
                  "\"; pass words instead");
}

}  // namespace

std::string spoken_number(std::int64_t number, std::string_view language) {
  return language_of(language).number(number);
}

std::string spoken_digits(std::string_view digits, std::string_view language, bool telephone) {
  const SpokenLanguage& said = language_of(language);
  std::string text;
  bool pause = false;
  for (const char c : digits) {
    if (c == ' ' || c == '-' || c == '(' || c == ')') {
      pause = true;
      continue;
    }
    const std::string symbol = said.symbol(c, telephone);
    if (symbol.empty())
      throw Error(Error::Code::invalid,
                  "digits \"" + std::string(digits) + "\": expected 0-9, A-Z, + * # . and spaces");
    if (!text.empty()) text += pause ? said.pause() : said.joint();
    text += symbol;
    pause = false;
  }
  return text;
}

std::string spoken_letters(std::string_view text, std::string_view language) {
  const SpokenLanguage& said = language_of(language);
  std::string spelled;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    const std::string symbol = said.letter(c);
    if (symbol.empty())
      throw Error(Error::Code::invalid,
                  "letters \"" + std::string(text) + "\": expected 0-9, A-Z, + * # . and spaces");
    spelled += (spelled.empty() ? "" : std::string(said.pause())) + symbol;
  }
  return spelled;
}

std::string spoken_money(const Money& money, std::string_view language) {
  if (std::find(currencies.begin(), currencies.end(), money.currency) == currencies.end())
    throw Error(Error::Code::unsupported, "currency \"" + money.currency +
                                              "\" cannot be said; known are CNY, USD, EUR, GBP, HKD and JPY");
  const bool negative = money.minor < 0;
  const auto bits = static_cast<std::uint64_t>(money.minor);
  const std::uint64_t minor = negative ? 0 - bits : bits;
  const unsigned per_unit = money.currency == "JPY" ? 1 : 100;
  return language_of(language).money(negative, minor / per_unit, static_cast<unsigned>(minor % per_unit),
                                     money.currency);
}

std::string spoken_date(std::chrono::year_month_day date, std::string_view language) {
  if (!date.ok() || date.year() < std::chrono::year(1))
    throw Error(Error::Code::invalid, "date " + std::to_string(static_cast<int>(date.year())) + "-" +
                                          std::to_string(static_cast<unsigned>(date.month())) + "-" +
                                          std::to_string(static_cast<unsigned>(date.day())) +
                                          ": there is no such day in the calendar since year 1");
  return language_of(language).date(date);
}

std::string spoken_time(std::chrono::minutes since_midnight, std::string_view language) {
  const auto minutes = since_midnight.count();
  if (minutes < 0 || minutes >= 24 * 60)
    throw Error(Error::Code::invalid,
                "time of day: expected 0 to 1439 minutes since midnight, got " + std::to_string(minutes));
  return language_of(language).time(static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
}

std::string spoken_wait(Duration wait, std::string_view language) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(wait).count();
  const auto to = [seconds](std::int64_t minutes) {
    return static_cast<unsigned>((seconds + 30 * minutes) / (60 * minutes) * minutes);
  };
  unsigned minutes = seconds < 60 ? 0 : to(1);
  if (minutes > 10) minutes = to(5);
  if (minutes > 30) minutes = to(10);
  return language_of(language).wait(std::min(minutes, 61U));
}

Spoken::Spoken(std::string words) : value_(std::move(words)) {}
Spoken Spoken::number(std::int64_t number) { return Spoken(Variant(number)); }
Spoken Spoken::digits(std::string digits) { return Spoken(Variant(Digits{std::move(digits)})); }
Spoken Spoken::spelled(std::string text) { return Spoken(Variant(Letters{std::move(text)})); }
Spoken Spoken::money(Money money) { return Spoken(Variant(std::move(money))); }
Spoken Spoken::date(std::chrono::year_month_day date) { return Spoken(Variant(date)); }
Spoken Spoken::time(std::chrono::minutes since_midnight) { return Spoken(Variant(since_midnight)); }
Spoken Spoken::wait(Duration wait) { return Spoken(Variant(wait)); }

std::string Spoken::text(std::string_view language) const {
  return std::visit(
      [language]<class T>(const T& value) -> std::string {
        if constexpr (std::is_same_v<T, std::string>) return value;
        else if constexpr (std::is_same_v<T, std::int64_t>) return spoken_number(value, language);
        else if constexpr (std::is_same_v<T, Digits>) return spoken_digits(value.text, language);
        else if constexpr (std::is_same_v<T, Letters>) return spoken_letters(value.text, language);
        else if constexpr (std::is_same_v<T, Money>) return spoken_money(value, language);
        else if constexpr (std::is_same_v<T, std::chrono::year_month_day>)
          return spoken_date(value, language);
        else if constexpr (std::is_same_v<T, std::chrono::minutes>) return spoken_time(value, language);
        else return spoken_wait(value, language);
      },
      value_);
}

}  // namespace vcsr

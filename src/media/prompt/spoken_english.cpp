// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "media/prompt/spoken_language.hpp"

namespace vcsr {

namespace {

constexpr std::array<const char*, 20> small = {"zero",    "one",     "two",       "three",    "four",
                                               "five",    "six",     "seven",     "eight",    "nine",
                                               "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                               "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<const char*, 10> tens = {"",      "",      "twenty",  "thirty", "forty",
                                              "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<const char*, 20> ordinals = {
    "zeroth",     "first",     "second",    "third",       "fourth",     "fifth",     "sixth",
    "seventh",    "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",   "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"};
constexpr std::array<const char*, 12> months = {"January",   "February", "March",    "April",
                                                "May",       "June",     "July",     "August",
                                                "September", "October",  "November", "December"};

/// ICAO's.
constexpr std::array<const char*, 26> alphabet = {
    "Alfa",    "Bravo", "Charlie", "Delta",  "Echo",     "Foxtrot", "Golf",   "Hotel",  "India",
    "Juliett", "Kilo",  "Lima",    "Mike",   "November", "Oscar",   "Papa",   "Quebec", "Romeo",
    "Sierra",  "Tango", "Uniform", "Victor", "Whiskey",  "X-ray",   "Yankee", "Zulu"};

struct Unit {
  const char* one;
  const char* many;
};
struct Currency {
  std::string_view code;
  Unit unit;
  Unit hundredth;
};
constexpr std::array<Currency, 6> currencies = {{
    {"CNY", {"yuan", "yuan"}, {"fen", "fen"}},
    {"USD", {"dollar", "dollars"}, {"cent", "cents"}},
    {"EUR", {"euro", "euros"}, {"cent", "cents"}},
    {"GBP", {"pound", "pounds"}, {"penny", "pence"}},
    {"HKD", {"Hong Kong dollar", "Hong Kong dollars"}, {"cent", "cents"}},
    {"JPY", {"yen", "yen"}, {"", ""}},
}};

std::string below_hundred(unsigned number) {
  if (number < 20) return small[number];
  std::string text = tens[number / 10];
  if (number % 10 != 0) text += std::string("-") + small[number % 10];
  return text;
}

std::string below_thousand(unsigned number) {
  if (number < 100) return below_hundred(number);
  std::string text = std::string(small[number / 100]) + " hundred";
  if (number % 100 != 0) text += " " + below_hundred(number % 100);
  return text;
}

std::string cardinal(std::uint64_t number) {
  constexpr std::array<std::pair<std::uint64_t, const char*>, 6> scales = {{
      {1'000'000'000'000'000'000, " quintillion"},
      {1'000'000'000'000'000, " quadrillion"},
      {1'000'000'000'000, " trillion"},
      {1'000'000'000, " billion"},
      {1'000'000, " million"},
      {1'000, " thousand"},
  }};
  if (number == 0) return small[0];
  std::string text;
  for (const auto& [scale, name] : scales) {
    if (number < scale) continue;
    text += (text.empty() ? "" : " ") + below_thousand(static_cast<unsigned>(number / scale)) + name;
    number %= scale;
  }
  if (number != 0) text += (text.empty() ? "" : " ") + below_thousand(static_cast<unsigned>(number));
  return text;
}

std::string counted(std::uint64_t number, const Unit& unit) {
  return cardinal(number) + " " + (number == 1 ? unit.one : unit.many);
}

std::string ordinal_day(unsigned day) {
  if (day < 20) return ordinals[day];
  if (day % 10 != 0) return std::string(tens[day / 10]) + "-" + ordinals[day % 10];
  return day == 20 ? "twentieth" : "thirtieth";
}

std::string two_digits(unsigned number) {
  return number < 10 ? std::string("oh ") + small[number] : below_hundred(number);
}

std::string year_in_words(int year) {
  const auto century = static_cast<unsigned>(year / 100);
  const auto rest = static_cast<unsigned>(year % 100);
  if (year < 1100 || year > 9999 || (century % 10 == 0 && rest < 10))
    return cardinal(static_cast<unsigned>(year));
  if (rest == 0) return below_hundred(century) + " hundred";
  return below_hundred(century) + " " + two_digits(rest);
}

class English : public SpokenLanguage {
 public:
  std::string number(std::int64_t number) const override {
    const auto bits = static_cast<std::uint64_t>(number);
    return number < 0 ? "minus " + cardinal(0 - bits) : cardinal(bits);
  }

  std::string symbol(char c, bool) const override {
    if (c >= '0' && c <= '9') return small[static_cast<std::size_t>(c - '0')];
    if (c >= 'A' && c <= 'Z') return {c};
    if (c >= 'a' && c <= 'z') return {static_cast<char>(c - 'a' + 'A')};
    switch (c) {
      case '+': return "plus";
      case '*': return "star";
      case '#': return "pound";
      case '.': return "point";
      default: return {};
    }
  }

  std::string letter(char c) const override {
    std::string name = symbol(c, false);
    if (name.size() != 1 || name[0] < 'A' || name[0] > 'Z') return name;
    return name + " as in " + alphabet[static_cast<std::size_t>(name[0] - 'A')];
  }

  std::string_view joint() const override { return " "; }
  std::string_view pause() const override { return ", "; }

  std::string money(bool negative, std::uint64_t units, unsigned hundredths,
                    std::string_view code) const override {
    const Currency* currency = currencies.data();
    while (currency->code != code) ++currency;
    std::string text = negative ? "minus " : "";
    if (units != 0 || hundredths == 0) text += counted(units, currency->unit);
    if (units != 0 && hundredths != 0) text += " and ";
    if (hundredths != 0) text += counted(hundredths, currency->hundredth);
    return text;
  }

  std::string date(std::chrono::year_month_day date) const override {
    return std::string(months[static_cast<unsigned>(date.month()) - 1]) + " " +
           ordinal_day(static_cast<unsigned>(date.day())) + ", " +
           year_in_words(static_cast<int>(date.year()));
  }

  std::string time(int hour, int minute) const override {
    if (minute == 0 && hour % 12 == 0) return hour == 0 ? "midnight" : "noon";
    std::string text = small[static_cast<std::size_t>(hour % 12 == 0 ? 12 : hour % 12)];
    if (minute != 0) text += " " + two_digits(static_cast<unsigned>(minute));
    return text + (hour < 12 ? " a.m." : " p.m.");
  }

  std::string wait(unsigned minutes) const override {
    if (minutes == 0) return "less than a minute";
    if (minutes >= 60) return minutes > 60 ? "more than an hour" : "about an hour";
    return "about " + number(minutes) + (minutes == 1 ? " minute" : " minutes");
  }
};

}  // namespace

const SpokenLanguage& english() {
  static const English language;
  return language;
}

}  // namespace vcsr

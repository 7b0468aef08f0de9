// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "media/prompt/spoken_language.hpp"

namespace vcsr {

namespace {

constexpr std::array<const char*, 10> digits = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

constexpr std::uint64_t wan = 10'000;
constexpr std::uint64_t yi = 100'000'000;

struct Currency {
  std::string_view code;
  const char* unit;
  const char* tenth;  ///< empty where only hundredths have a name
  const char* hundredth;
};
constexpr std::array<Currency, 6> currencies = {{
    {"CNY", "元", "角", "分"},
    {"USD", "美元", "", "美分"},
    {"EUR", "欧元", "", "欧分"},
    {"GBP", "英镑", "", "便士"},
    {"HKD", "港元", "角", "分"},
    {"JPY", "日元", "", ""},
}};

/// Where in the whole number a part stands: only its beginning may drop 一 before 十 and say
/// 两 for 二.
enum class At { beginning, inside };

std::string below_wan(unsigned number, At at) {
  constexpr std::array<unsigned, 4> values = {1000, 100, 10, 1};
  constexpr std::array<const char*, 4> names = {"千", "百", "十", ""};
  std::string text;
  bool gap = false;
  for (std::size_t place = 0; place < values.size(); ++place) {
    const unsigned digit = number / values[place] % 10;
    if (digit == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += digits[0];
    gap = false;
    const bool first = text.empty() && at == At::beginning;
    if (first && digit == 2 && values[place] == 1000) text += "两";
    else if (!(first && digit == 1 && values[place] == 10)) text += digits[digit];
    text += names[place];
  }
  return text;
}

std::string cardinal(std::uint64_t number, At at);

/// "head unit rest", with 零 where the rest does not fill its first place.
std::string split(std::uint64_t number, std::uint64_t unit, const char* name, At at) {
  const std::uint64_t head = number / unit;
  const std::uint64_t rest = number % unit;
  std::string text = head == 2 && at == At::beginning ? "两" : cardinal(head, at);
  text += name;
  if (rest == 0) return text;
  if (rest < unit / 10) text += digits[0];
  return text + cardinal(rest, At::inside);
}

std::string cardinal(std::uint64_t number, At at) {
  if (number >= yi) return split(number, yi, "亿", at);
  if (number >= wan) return split(number, wan, "万", at);
  return below_wan(static_cast<unsigned>(number), at);
}

std::string cardinal(std::uint64_t number) {
  return number == 0 ? digits[0] : cardinal(number, At::beginning);
}

/// Two alone before a measure word is 两.
std::string counted(std::uint64_t number, const char* unit) {
  return (number == 2 ? std::string("两") : cardinal(number)) + unit;
}

const char* part_of_day(int hour) {
  if (hour < 6) return "凌晨";
  if (hour < 12) return "上午";
  if (hour == 12) return "中午";
  return hour < 18 ? "下午" : "晚上";
}

class Chinese : public SpokenLanguage {
 public:
  std::string number(std::int64_t number) const override {
    const auto bits = static_cast<std::uint64_t>(number);
    return number < 0 ? "负" + cardinal(0 - bits) : cardinal(bits);
  }

  std::string symbol(char c, bool telephone) const override {
    if (c == '1' && telephone) return "幺";
    if (c >= '0' && c <= '9') return digits[static_cast<std::size_t>(c - '0')];
    if (c >= 'A' && c <= 'Z') return {c};
    if (c >= 'a' && c <= 'z') return {static_cast<char>(c - 'a' + 'A')};
    switch (c) {
      case '+': return "加";
      case '*': return "星号";
      case '#': return "井号";
      case '.': return "点";
      default: return {};
    }
  }

  std::string_view joint() const override { return ""; }
  std::string_view pause() const override { return "，"; }

  std::string money(bool negative, std::uint64_t units, unsigned hundredths,
                    std::string_view code) const override {
    const Currency* currency = currencies.data();
    while (currency->code != code) ++currency;
    std::string text = negative ? "负" : "";
    if (units != 0 || hundredths == 0) text += counted(units, currency->unit);
    if (hundredths == 0) return text;
    if (units != 0 && hundredths < 10) text += digits[0];
    if (currency->tenth[0] == '\0') return text + counted(hundredths, currency->hundredth);
    if (hundredths >= 10) text += std::string(digits[hundredths / 10]) + currency->tenth;
    if (hundredths % 10 != 0) text += std::string(digits[hundredths % 10]) + currency->hundredth;
    return text;
  }

  std::string date(std::chrono::year_month_day date) const override {
    std::string text;
    for (const char c : std::to_string(static_cast<int>(date.year())))
      text += digits[static_cast<std::size_t>(c - '0')];
    return text + "年" + cardinal(static_cast<unsigned>(date.month())) + "月" +
           cardinal(static_cast<unsigned>(date.day())) + "日";
  }

  std::string time(int hour, int minute) const override {
    const int shown = hour > 12 ? hour - 12 : hour;
    std::string text = part_of_day(hour) + counted(static_cast<std::uint64_t>(shown), "点");
    if (minute == 0) return text;
    if (minute < 10) text += digits[0];
    return text + cardinal(static_cast<std::uint64_t>(minute)) + "分";
  }

  std::string wait(unsigned minutes) const override {
    if (minutes == 0) return "不到一分钟";
    if (minutes >= 60) return minutes > 60 ? "超过一小时" : "大约一小时";
    return "大约" + counted(minutes, "分钟");
  }
};

}  // namespace

const SpokenLanguage& chinese() {
  static const Chinese language;
  return language;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "core/caller_number.hpp"

#include <algorithm>

#include "vcsr/base/error.hpp"
#include "vcsr/caller_list.hpp"

namespace vcsr {

namespace {

constexpr std::size_t longest = 32;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_between(char c) { return std::string_view(" -.()/").find(c) != std::string_view::npos; }

/// After an optional +, at least `least` of them and nothing else.
bool is_number(std::string_view text, std::size_t least) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text.size() >= least && text.size() <= longest && std::all_of(text.begin(), text.end(), is_digit);
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

}  // namespace

std::string normal_number(std::string_view text) {
  std::string number;
  for (const char c : text)
    if (!is_between(c)) number += c;
  if (number.starts_with("00")) number.replace(0, 2, "+");
  return is_number(number, 1) ? number : std::string(text);
}

std::string number_of(const Address& caller) {
  const std::string_view user = caller.user();
  for (const char* nobody : {"", "anonymous", "restricted", "unavailable", "unknown"})
    if (equals_ignoring_case(user, nobody)) return withheld;
  return normal_number(user);
}

std::string require_caller_number(const std::string& text) {
  if (text == withheld) return text;
  const bool begins = text.ends_with('*');
  const std::string number = normal_number(std::string_view(text).substr(0, text.size() - (begins ? 1 : 0)));
  if (!is_number(number, begins ? 1 : 2))
    throw Error(Error::Code::invalid,
                "expected a telephone number such as \"+8613800138000\", what numbers begin with such as "
                "\"+8613800*\", or \"withheld\", got \"" +
                    text + "\"");
  return number + (begins ? "*" : "");
}

}  // namespace vcsr

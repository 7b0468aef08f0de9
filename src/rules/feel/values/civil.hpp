// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vcsr::feel {

/// Days since 1970-01-01 of the proleptic Gregorian calendar, whose year 0 is before year 1.
std::int64_t days_from_civil(std::int64_t year, int month, int day);

struct Civil {
  std::int64_t year;
  int month;
  int day;
};
Civil civil_from_days(std::int64_t days);

int days_in_month(std::int64_t year, int month);

/// Quotient and rest of a division that rounds down; the rest is never negative.
struct Floored {
  std::int64_t quotient;
  std::int64_t rest;
};
Floored floored(std::int64_t dividend, std::int64_t divisor);

/// Takes literals off the front of a text: the parts of ISO 8601.
class TextScanner {
 public:
  explicit TextScanner(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  bool take(char c);
  /// At least `least` and at most `most` (18 at the utmost) digits; all that there are must fit.
  std::optional<std::int64_t> digits(int least, int most);
  /// Digits of a fraction as nanoseconds; those after the ninth are cut.
  std::int64_t nanoseconds();

 private:
  std::string_view rest_;
};

}  // namespace vcsr::feel

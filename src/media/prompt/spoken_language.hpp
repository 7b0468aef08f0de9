// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "vcsr/media/spoken.hpp"

namespace vcsr {

/// One language's way of saying values; dates and times given are valid ones.
class SpokenLanguage {
 public:
  virtual ~SpokenLanguage() = default;
  virtual std::string number(std::int64_t number) const = 0;
  /// One character of a row of digits; empty when it has no name.
  virtual std::string symbol(char c, bool telephone) const = 0;
  /// The same where letters must not be taken for others.
  virtual std::string letter(char c) const { return symbol(c, false); }
  /// Between two symbols, and in place of a space or hyphen of the row: a short pause.
  virtual std::string_view joint() const = 0;
  virtual std::string_view pause() const = 0;
  /// A currency without hundredths is given none; the currency is a known one.
  virtual std::string money(bool negative, std::uint64_t units, unsigned hundredths,
                            std::string_view currency) const = 0;
  virtual std::string date(std::chrono::year_month_day date) const = 0;
  virtual std::string time(int hour, int minute) const = 0;
  /// Up to 60 minutes; 0 is less than one, and 61 more than an hour.
  virtual std::string wait(unsigned minutes) const = 0;
};

const SpokenLanguage& english();
const SpokenLanguage& chinese();

}  // namespace vcsr

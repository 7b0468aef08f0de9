// SPDX-License-Identifier: Apache-2.0
#include "app/duration.hpp"

#include <charconv>
#include <cmath>

namespace vcsr {

std::optional<Duration> parse_duration(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (error != std::errc() || !(number >= 0 && number <= 1e9)) return {};
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  const double microseconds = unit == "ms"    ? 1e3
                              : unit == "s"   ? 1e6
                              : unit == "min" ? 60e6
                              : unit == "h"   ? 3600e6
                                              : 0;
  if (microseconds == 0) return {};
  return Duration(std::llround(number * microseconds));
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

namespace vcsr {

/// Some days of the calendar.
class Days {
 public:
  Days() = default;
  explicit Days(std::vector<std::chrono::sys_days> days);
  /// As OpeningHours::close() has them. Throws Error(invalid).
  static Days parse(std::string_view text);

  void add(const Days& other);
  bool has(std::chrono::sys_days day) const;

 private:
  std::vector<std::chrono::sys_days> days_;  ///< in order
};

}  // namespace vcsr

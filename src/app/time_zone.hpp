// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/time.hpp"

namespace vcsr {

/// What the clocks of a place show: its row in the system's database of time zones (RFC 8536).
class TimeZone {
 public:
  /// "Asia/Shanghai"; "" is this machine's own. Throws Error: not_found where there is none of this name,
  /// invalid where its file cannot be read.
  static TimeZone named(const std::string& name);
  /// The content of such a file; `name` is for errors.
  static TimeZone parse(std::string_view bytes, const std::string& name);

  /// The time of day there as if it were that of Greenwich.
  WallTime local(WallTime time) const;

 private:
  /// A yearly moment at which clocks are set: "M3.5.0/2".
  struct Change {
    unsigned month = 0, week = 0, weekday = 0;
    std::int64_t seconds = 7200;  ///< from local midnight
  };
  struct Since {
    std::int64_t at = 0;      ///< seconds since 1970
    std::int64_t offset = 0;  ///< east of Greenwich
  };

  void read_transitions(std::string_view block, const std::string& name);
  void read_rule(std::string_view rule, const std::string& name);
  std::int64_t offset_by_rule(std::int64_t at) const;

  std::vector<Since> known_;  ///< in order; the first holds before, too
  bool goes_on_ = false;      ///< the rule holds after the last that is known
  bool has_summer_ = false;
  std::int64_t standard_ = 0, summer_ = 0;
  Change to_summer_, to_standard_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <cctz/time_zone.h>

#include "vcsr/base/time.hpp"

namespace vcsr {

/// What the clocks of a place show, as the system's database of time zones has it.
class TimeZone {
 public:
  /// Which of two moments is meant when a clock that is set back shows a time twice.
  enum class Twice { first, second };

  /// That of Greenwich, the whole year.
  TimeZone() = default;
  /// "Asia/Shanghai"; "" is this machine's own, and UTC where it has none. Throws Error(not_found) where
  /// there is none of this name.
  static TimeZone named(const std::string& name);

  /// The time of day there as if it were that of Greenwich.
  WallTime local(WallTime time) const;
  /// The same backwards; a time that a clock leaves out is the moment at which it was set forward.
  WallTime absolute(WallTime local, Twice twice) const;

 private:
  explicit TimeZone(cctz::time_zone zone) : zone_(zone) {}

  cctz::time_zone zone_;
};

}  // namespace vcsr

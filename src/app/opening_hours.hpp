// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/time_zone.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr {

/// When somebody is there, by the week and without the holidays.
class OpeningHours {
 public:
  /// "Mon-Fri 09:00-18:00" or "Sat,Sun 10:00-24:00", each in addition to the others. Throws Error(invalid).
  void open(std::string_view times);
  /// "2026-12-25", or "2026-10-01/2026-10-07" with both of them. Throws Error(invalid).
  void close(std::string_view days);
  void set_zone(TimeZone zone) { zone_ = std::move(zone); }

  bool open_at(WallTime time) const;

 private:
  struct Span {
    std::chrono::minutes from{}, to{};
  };

  std::array<std::vector<Span>, 7> week_;  ///< from Sunday
  std::vector<std::pair<std::chrono::sys_days, std::chrono::sys_days>> holidays_;
  TimeZone zone_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/time.hpp"

namespace vcsr {

/// A part of a day and the contacts that come in it.
struct ProfileInterval {
  Duration begins{};  ///< since midnight
  Duration length{};
  double contacts = 0;
  std::optional<Duration> handling = {};   ///< mean, where it is not the day's
  std::optional<std::size_t> agents = {};  ///< at work, where the file says so

  double per_hour() const;
};

/// A day's profile, a CSV file with a line of names first: begins ("09:30"), contacts, and if wished handling
/// ("240s") and agents. An interval ends where the next begins; the last is as long as the one before it,
/// 30 minutes where it is alone. Throws Error(not_found), and Error(invalid) with file, line and column.
std::vector<ProfileInterval> read_profile(const std::string& path);

/// "09:30"
std::string time_of_day(Duration since_midnight);
/// The same backwards, to "24:00"; nothing for what is no such time.
std::optional<Duration> parse_time_of_day(std::string_view text);

}  // namespace vcsr

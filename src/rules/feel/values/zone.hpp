// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <cctz/time_zone.h>

#include "rules/feel/values/date.hpp"

namespace vcsr::feel {

/// What stands behind a time: nothing, an offset from UTC or a zone of the IANA database.
class Zone {
 public:
  static constexpr int widest_offset = 14 * 3600;

  /// None: a local time.
  Zone() = default;
  static Zone utc();
  /// East of Greenwich is positive; at most 14 hours.
  static std::optional<Zone> of_offset(std::int64_t seconds);
  /// "Europe/Paris"; empty where the database has none of this name.
  static std::optional<Zone> named(std::string_view name);
  /// "", "Z", "+05:30", "-01:00:30", "@Europe/Paris"
  static std::optional<Zone> parse(std::string_view text);

  bool local() const { return kind_ == Kind::none; }
  /// Empty where it is none of the database.
  std::string name() const;
  /// Seconds, empty where local. A zone's own depends on the moment, which its clocks show here as
  /// seconds since 1970; where they show it twice it is the first, where never as if they had gone on.
  std::optional<std::int64_t> offset_at_local(std::int64_t seconds) const;
  /// The same at a moment that is given as seconds since 1970 in UTC.
  std::optional<std::int64_t> offset_at(std::int64_t seconds) const;
  /// That of a time without a date: a zone's own is its winter's.
  std::optional<std::int64_t> usual_offset() const;

  std::string to_string() const;
  bool operator==(const Zone&) const = default;

 private:
  enum class Kind : std::uint8_t { none, offset, named };

  cctz::time_zone named_;
  std::int32_t offset_ = 0;
  Kind kind_ = Kind::none;
};

}  // namespace vcsr::feel

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr {

/// When somebody is there: by the week, without the holidays, with the exceptions, by the clocks of a place.
/// A value; reading it changes nothing. Days are those of the years 1970 to 2099.
///
/// A day with exceptions has the times of these and no others; else a holiday has none; else it has those of
/// its weekday. What lasts over midnight belongs to the day on which it begins. A clock that is set back
/// makes an opening longer, never two of one; a time that a clock leaves out is the moment of its change.
class VCSR_EXPORT OpeningHours {
 public:
  /// What the clocks of the place show.
  struct Local {
    std::chrono::year_month_day date;
    std::chrono::minutes since_midnight;
  };

  /// Never open; by the clocks of Greenwich, the whole year.
  OpeningHours();
  OpeningHours(const OpeningHours& other);
  OpeningHours(OpeningHours&& other) noexcept;
  OpeningHours& operator=(OpeningHours other) noexcept;
  ~OpeningHours();

  /// "Mon-Fri 09:00-12:00,13:00-18:00", "Sat,Sun 10:00-24:00", "Fri 20:00-02:00" (until Saturday), each in
  /// addition to the others. Throws Error(invalid).
  void open(std::string_view times);
  /// A holiday: "2026-12-25"; "2026-10-01/2026-10-07" with both of them; or a rule of RFC 5545 such as
  /// "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", which may stand beside others of its properties: "DTSTART:20260105
  /// RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO EXDATE:20260119 RDATE:20260121". Rules of RFC 7529 tell the days
  /// of other calendars, "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", as well as ICU knows them.
  /// Throws Error(invalid), also where the rule names no day.
  void close(std::string_view days);
  /// Holidays: the days of every event, but those that are cancelled, of an iCalendar (.ics). Throws
  /// Error(invalid) naming the event: one with times of day, or that takes the place of another's day
  /// (RECURRENCE-ID).
  void close_events_of(const std::string& icalendar);
  /// Days as in close() and their own times: "2026-12-24 09:00-12:00", "2026-10-10 09:00-12:00,13:00-18:00".
  /// Those of several exceptions for a day add up. Throws Error(invalid).
  void except(std::string_view days_and_times);
  /// "Asia/Shanghai"; "" is this machine's own zone, and UTC where it has none. Throws Error(not_found) where
  /// the system's database has none of this name.
  void set_zone(const std::string& name);

  bool open_at(WallTime time) const;
  /// `time` itself while it is open; nothing when it never opens again.
  std::optional<WallTime> next_opening(WallTime time) const;
  /// `time` itself while it is closed; nothing when it stays open for a year and more.
  std::optional<WallTime> next_closing(WallTime time) const;
  Local local(WallTime time) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr

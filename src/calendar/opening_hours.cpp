// SPDX-License-Identifier: Apache-2.0
#include "vcsr/opening_hours.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "calendar/clock_times.hpp"
#include "calendar/date_text.hpp"
#include "calendar/days.hpp"
#include "calendar/recurrence.hpp"
#include "calendar/time_zone.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

[[noreturn]] void refuse(const char* expected, std::string_view got) {
  throw Error(Error::Code::invalid,
              std::string("expected ") + expected + ", got \"" + std::string(got) + "\"");
}

}  // namespace

class OpeningHours::Impl {
 public:
  struct Exception {
    Days days;
    std::vector<Span> times;
  };
  struct Opening {
    WallTime from, to;
  };

  /// That begin on this day, in order.
  std::vector<Opening> openings(sys_days day) const {
    std::vector<Opening> openings;
    for (const Span& span : times(day)) {
      const WallTime from = zone.absolute(WallTime(day) + span.from, TimeZone::Twice::first);
      const WallTime to = zone.absolute(WallTime(day) + span.to, TimeZone::Twice::second);
      if (from < to) openings.push_back({from, to});
    }
    std::sort(openings.begin(), openings.end(),
              [](const Opening& a, const Opening& b) { return a.from < b.from; });
    return openings;
  }

  /// The end of those that last at this moment; nothing when none does.
  std::optional<WallTime> end_of_opening(WallTime time) const {
    std::optional<WallTime> end;
    const sys_days day = day_of(time);
    for (sys_days near = day - days(1); near <= day + days(1); near += days(1))
      for (const Opening& opening : openings(near))
        if (opening.from <= time && time < opening.to) end = std::max(end.value_or(opening.to), opening.to);
    return end;
  }

  sys_days day_of(WallTime time) const { return std::chrono::floor<days>(zone.local(time)); }

  std::array<std::vector<Span>, 7> week;  ///< from Sunday
  Days holidays;
  std::vector<Exception> exceptions;
  TimeZone zone;

 private:
  std::vector<Span> times(sys_days day) const {
    std::vector<Span> own;
    bool excepted = false;
    for (const Exception& exception : exceptions) {
      if (!exception.days.has(day)) continue;
      excepted = true;
      own.insert(own.end(), exception.times.begin(), exception.times.end());
    }
    if (excepted || holidays.has(day)) return own;
    return week[std::chrono::weekday(day).c_encoding()];
  }
};

OpeningHours::OpeningHours() : impl_(std::make_unique<Impl>()) {}
OpeningHours::OpeningHours(const OpeningHours& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
OpeningHours::OpeningHours(OpeningHours&& other) noexcept = default;
OpeningHours& OpeningHours::operator=(OpeningHours other) noexcept {
  impl_.swap(other.impl_);
  return *this;
}
OpeningHours::~OpeningHours() = default;

void OpeningHours::open(std::string_view times) {
  std::string_view rest = times;
  const std::vector<unsigned> weekdays = parse_weekdays(take_until(rest, ' '));
  const std::vector<Span> spans = parse_clock_times(rest);
  if (weekdays.empty() || spans.empty())
    refuse("days and times such as \"Mon-Fri 09:00-12:00,13:00-18:00\" or \"Sat,Sun 20:00-02:00\"", times);
  for (const unsigned day : weekdays)
    impl_->week[day].insert(impl_->week[day].end(), spans.begin(), spans.end());
}

void OpeningHours::close(std::string_view days) { impl_->holidays.add(Days::parse(days)); }

void OpeningHours::close_events_of(const std::string& icalendar) {
  impl_->holidays.add(Days(days_of_calendar(icalendar)));
}

void OpeningHours::except(std::string_view days_and_times) {
  const std::size_t blank = days_and_times.rfind(' ');
  const std::vector<Span> spans = blank == days_and_times.npos
                                      ? std::vector<Span>()
                                      : parse_clock_times(days_and_times.substr(blank + 1));
  if (spans.empty())
    refuse("days and the times of these days such as \"2026-12-24 09:00-12:00\"", days_and_times);
  impl_->exceptions.push_back({Days::parse(days_and_times.substr(0, blank)), spans});
}

void OpeningHours::set_zone(const std::string& name) { impl_->zone = TimeZone::named(name); }

bool OpeningHours::open_at(WallTime time) const { return impl_->end_of_opening(time).has_value(); }

std::optional<WallTime> OpeningHours::next_opening(WallTime time) const {
  for (sys_days day = impl_->day_of(time) - days(1); day <= last_day; day += days(1))
    for (const Impl::Opening& opening : impl_->openings(day))
      if (opening.to > time) return std::max(opening.from, time);
  return std::nullopt;
}

std::optional<WallTime> OpeningHours::next_closing(WallTime time) const {
  const WallTime horizon = time + days(366);
  while (time < horizon) {
    const std::optional<WallTime> end = impl_->end_of_opening(time);
    if (!end) return time;
    time = *end;
  }
  return std::nullopt;
}

OpeningHours::Local OpeningHours::local(WallTime time) const {
  const WallTime there = impl_->zone.local(time);
  const sys_days day = std::chrono::floor<days>(there);
  return {day, std::chrono::floor<std::chrono::minutes>(there - day)};
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "calendar/recurrence.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

#include <libical/ical.h>

#include "calendar/date_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using std::chrono::sys_days;

constexpr int longest_event = 366;
constexpr const char* names_no_day = "names no day from 1970 to 2099";

struct Free {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using Component = std::unique_ptr<icalcomponent, Free>;
using Iterator = std::unique_ptr<icalrecur_iterator, Free>;

[[noreturn]] void refuse(const std::string& what, const std::string& why) {
  throw Error(Error::Code::invalid, what + ": " + why);
}

Component parse(const std::string& text) {
  icalerror_set_errors_are_fatal(0);
  return Component(icalparser_parse_string(text.c_str()));
}

template <class Take>
void each(icalcomponent* event, icalproperty_kind kind, Take take) {
  for (icalproperty* property = icalcomponent_get_first_property(event, kind); property;
       property = icalcomponent_get_next_property(event, kind))
    take(property);
}

/// What an event with a name or a rule of the configuration says of days.
class DaysOfEvent {
 public:
  DaysOfEvent(icalcomponent* event, std::string what) : event_(event), what_(std::move(what)) {}

  /// `start_counts`: the start is a day of its own, whatever the rules say.
  std::vector<sys_days> days(icaltimetype start, bool start_counts) {
    require_sound();
    start_ = start;
    length_ = length();
    if (start_counts) add(start_);
    each(event_, ICAL_RRULE_PROPERTY, [this](icalproperty* rule) { follow(icalproperty_get_rrule(rule)); });
    each(event_, ICAL_RDATE_PROPERTY, [this](icalproperty* date) { add(icalproperty_get_rdate(date).time); });
    std::vector<sys_days> left_out = excluded();
    std::erase_if(begins_, [&](sys_days day) {
      return std::find(left_out.begin(), left_out.end(), day) != left_out.end();
    });
    std::vector<sys_days> days;
    for (const sys_days begin : begins_)
      for (int i = 0; i < length_; ++i) days.push_back(begin + std::chrono::days(i));
    return days;
  }

 private:
  void require_sound() {
    each(event_, ICAL_XLICERROR_PROPERTY,
         [this](icalproperty* error) { refuse(what_, icalproperty_get_xlicerror(error)); });
    if (icalcomponent_get_first_property(event_, ICAL_RECURRENCEID_PROPERTY))
      refuse(what_, "takes the place of another event's day (RECURRENCE-ID); expected events of their own");
  }

  sys_days date(icaltimetype time) const {
    if (icaltime_is_null_time(time) || !icaltime_is_valid_time(time))
      refuse(what_, "has a date that is none");
    if (!time.is_date) refuse(what_, "has times of day; expected whole days (DTSTART;VALUE=DATE:20261225)");
    return std::chrono::year(time.year) / time.month / time.day;
  }

  int length() const {
    if (icalcomponent_get_first_property(event_, ICAL_DURATION_PROPERTY)) {
      const icaldurationtype duration = icalcomponent_get_duration(event_);
      return std::clamp(icaldurationtype_as_int(duration) / 86400, 1, longest_event);
    }
    if (!icalcomponent_get_first_property(event_, ICAL_DTEND_PROPERTY)) return 1;
    const auto days = (date(icalcomponent_get_dtend(event_)) - date(start_)).count();
    return static_cast<int>(std::clamp<long long>(days, 1, longest_event));
  }

  void add(icaltimetype time) { begins_.push_back(date(time)); }

  void follow(const icalrecurrencetype& rule) {
    if (rule.freq < ICAL_DAILY_RECURRENCE) refuse(what_, "expected FREQ=YEARLY, MONTHLY, WEEKLY or DAILY");
    if (rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX || rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
        rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX)
      refuse(what_, "BYHOUR, BYMINUTE and BYSECOND say nothing about days");
    const Iterator iterator(icalrecur_iterator_new(rule, start_));
    if (!iterator) refuse(what_, names_no_day);
    for (icaltimetype time = icalrecur_iterator_next(iterator.get()); !icaltime_is_null_time(time);
         time = icalrecur_iterator_next(iterator.get())) {
      time.is_date = 1;
      if (date(time) > last_day) return;
      if (date(time) >= first_day) add(time);
    }
  }

  std::vector<sys_days> excluded() const {
    std::vector<sys_days> days;
    each(event_, ICAL_EXDATE_PROPERTY,
         [&](icalproperty* property) { days.push_back(date(icalproperty_get_exdate(property))); });
    return days;
  }

  icalcomponent* event_;
  std::string what_;
  icaltimetype start_{};
  int length_ = 1;
  std::vector<sys_days> begins_;
};

/// Whether the days follow from the rule alone, wherever one starts.
bool needs_no_start(const icalrecurrencetype& rule) {
  const auto given = [](const short* list) { return *list != ICAL_RECURRENCE_ARRAY_MAX; };
  const bool tells_days = given(rule.by_day) || given(rule.by_month_day) || given(rule.by_year_day) ||
                          rule.freq == ICAL_DAILY_RECURRENCE;
  return tells_days && rule.count == 0 && rule.interval == 1;
}

/// "FREQ=…" or properties with blanks between them, as an event.
std::string event_of(std::string_view text) {
  std::string event = "BEGIN:VEVENT\r\n";
  while (!text.empty()) {
    const std::string_view word = take_until(text, ' ');
    if (word.empty()) continue;
    const std::string_view name = word.substr(0, word.find_first_of(":;="));
    if (name == "FREQ" || name == "RSCALE") event += "RRULE:";
    else if (name != "RRULE" && name != "DTSTART" && name != "RDATE" && name != "EXDATE")
      throw Error(Error::Code::invalid,
                  "expected DTSTART, RRULE, RDATE or EXDATE, got \"" + std::string(word) + "\"");
    const bool dates = name != "FREQ" && name != "RSCALE" && name != "RRULE";
    const std::size_t colon = word.find(':');
    if (dates && colon == name.size())
      event += std::string(name) + ";VALUE=DATE" + std::string(word.substr(colon));
    else event += word;
    event += "\r\n";
  }
  return event + "END:VEVENT\r\n";
}

std::string name_of(icalcomponent* event) {
  const char* summary = icalcomponent_get_summary(event);
  const char* uid = icalcomponent_get_uid(event);
  return std::string("the event \"") + (summary ? summary : uid ? uid : "without a name") + "\"";
}

void add_events(icalcomponent* calendar, std::vector<sys_days>& days, std::size_t& events) {
  for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
       event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
    ++events;
    if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) continue;
    const std::vector<sys_days> found =
        DaysOfEvent(event, name_of(event)).days(icalcomponent_get_dtstart(event), true);
    days.insert(days.end(), found.begin(), found.end());
  }
}

}  // namespace

std::vector<sys_days> days_of_rule(std::string_view text) {
  const std::string what = "\"" + std::string(text) + "\"";
  if (text.find_first_of("\r\n") != text.npos)
    refuse(what, "expected blanks between its properties, not lines");
  const Component event = parse(event_of(text));
  if (!event) refuse(what, "is no rule of RFC 5545");
  icaltimetype start = icalcomponent_get_dtstart(event.get());
  const bool given = !icaltime_is_null_time(start);
  if (!given) {
    each(event.get(), ICAL_RRULE_PROPERTY, [&](icalproperty* rule) {
      if (!needs_no_start(icalproperty_get_rrule(rule)))
        refuse(what, "depends on its first day: put one in front, such as \"DTSTART:20260105 RRULE:FREQ=…\"");
    });
    start = icaltime_from_string("19700101");
  }
  std::vector<sys_days> days = DaysOfEvent(event.get(), what).days(start, given);
  std::erase_if(days, [](sys_days day) { return day < first_day || day > last_day; });
  if (days.empty()) refuse(what, names_no_day);
  return days;
}

std::vector<sys_days> days_of_calendar(const std::string& icalendar) {
  const Component root = parse(icalendar);
  std::vector<sys_days> days;
  std::size_t events = 0;
  if (root && icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) add_events(root.get(), days, events);
  else if (root)
    for (icalcomponent* calendar = icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT);
         calendar; calendar = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT))
      add_events(calendar, days, events);
  if (events == 0)
    throw Error(Error::Code::invalid, "expected an iCalendar (RFC 5545: BEGIN:VCALENDAR) with events");
  return days;
}

}  // namespace vcsr

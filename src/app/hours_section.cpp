// SPDX-License-Identifier: Apache-2.0
#include "app/hours_section.hpp"

#include <fstream>
#include <iterator>
#include <vector>

namespace vcsr {

namespace {

/// Takes every text of a list; what is refused is a fault of the key.
template <class Take>
void each(TomlSection& section, const char* key, Take take) {
  std::vector<std::string> texts;
  section.read(key, texts);
  for (const std::string& text : texts) {
    try {
      take(text);
    } catch (const Error& error) {
      section.fault(key, error.what());
    }
  }
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(Error::Code::not_found, "there is no file " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void read_zone(TomlSection& section, OpeningHours& hours) {
  std::string zone;
  section.read("time_zone", zone);
  try {
    hours.set_zone(zone);
  } catch (const Error& error) {
    section.fault("time_zone", error.what());
  }
}

}  // namespace

HoursConfig read_hours(TomlSection& section, const std::function<std::string(const std::string&)>& absolute) {
  HoursConfig config;
  OpeningHours& hours = config.hours;
  section.require("name", config.name);
  config.place = {section.faults().document(), section.line(), section.name()};
  read_zone(section, hours);
  each(section, "open", [&](const std::string& times) { hours.open(times); });
  each(section, "exceptions", [&](const std::string& times) { hours.except(times); });
  const bool some = hours.next_opening(WallTime()).has_value();
  each(section, "holidays", [&](const std::string& days) { hours.close(days); });
  each(section, "calendars", [&](const std::string& file) {
    const std::string path = absolute(file);
    try {
      hours.close_events_of(text_of(path));
    } catch (const Error& error) {
      throw Error(error.code(), path + ": " + error.what());
    }
  });
  section.finish();
  if (!some) section.fault("open", "expected at least one line such as \"Mon-Fri 09:00-18:00\"");
  else if (!hours.next_opening(WallTime()))
    section.fault("holidays", "every day of \"open\" is a holiday: these hours never open");
  return config;
}

}  // namespace vcsr

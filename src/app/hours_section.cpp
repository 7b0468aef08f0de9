// SPDX-License-Identifier: Apache-2.0
#include "app/hours_section.hpp"

#include <vector>

namespace vcsr {

namespace {

/// Notes what is refused as a fault of the key.
template <class Take>
void taking(TomlSection& section, const char* key, Take take) {
  try {
    take();
  } catch (const Error& error) {
    section.fault(key, error.what());
  }
}

}  // namespace

HoursConfig read_hours(TomlSection& section) {
  HoursConfig config;
  std::vector<std::string> open, holidays;
  std::string zone;
  section.require("name", config.name);
  section.read("open", open);
  if (open.empty()) section.fault("open", "expected at least one line such as \"Mon-Fri 09:00-18:00\"");
  for (const std::string& times : open) taking(section, "open", [&] { config.hours.open(times); });
  section.read("holidays", holidays);
  for (const std::string& days : holidays) taking(section, "holidays", [&] { config.hours.close(days); });
  section.read("time_zone", zone);
  taking(section, "time_zone", [&] { config.hours.set_zone(TimeZone::named(zone)); });
  section.finish();
  return config;
}

}  // namespace vcsr

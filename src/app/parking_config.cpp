// SPDX-License-Identifier: Apache-2.0
#include "app/parking_config.hpp"

#include <set>

namespace vcsr {

ParkingOptions read_parking(TomlSection& section) {
  ParkingOptions parking;
  section.read("slots", parking.slots);
  std::set<std::string> seen;
  for (const std::string& slot : parking.slots)
    if (slot.empty() || !seen.insert(slot).second)
      section.fault("slots", "expected numbers, each once, such as \"701\", got \"" + slot + "\"" +
                                 (slot.empty() ? "" : " twice"));
  if (parking.slots.empty()) section.wrong("slots", "numbers such as [\"701\", \"702\"]");
  section.read("limit", parking.limit, std::chrono::seconds(1));
  section.read("queue", parking.queue);
  section.finish();
  return parking;
}

}  // namespace vcsr

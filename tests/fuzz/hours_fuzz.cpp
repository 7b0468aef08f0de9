// SPDX-License-Identifier: Apache-2.0
// Opening hours: days, times, rules and calendars.
#include "fuzz.hpp"
#include "vcsr/opening_hours.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto text = fuzz::text(bytes, size);
  OpeningHours hours;
  fuzz::taken_or_refused([&] { hours.open(text); });
  fuzz::taken_or_refused([&] { hours.except(text); });
  fuzz::taken_or_refused([&] { hours.close(text); });
  fuzz::taken_or_refused([&] { hours.close_events_of(std::string(text)); });
  const WallTime now = parse_wall_time("2026-11-22T09:30:00.000Z");
  VCSR_ASSERT(hours.open_at(now) == (hours.next_opening(now) == now));
  return 0;
}

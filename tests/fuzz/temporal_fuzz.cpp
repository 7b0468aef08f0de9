// SPDX-License-Identifier: Apache-2.0
// Dates, times, durations and numbers: what is read is written so that it is read again as the same.
#include "fuzz.hpp"
#include "rules/feel/values/date_and_time.hpp"

using namespace vcsr;
using namespace vcsr::feel;

namespace {

template <class Read>
void check(const std::optional<Read>& read) {
  if (read) VCSR_ASSERT(Read::parse(read->to_string()) == read);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto text = fuzz::text(bytes, size);
  check(Number::parse(text));
  check(Date::parse(text));
  check(Time::parse(text));
  check(YearsAndMonthsDuration::parse(text));
  const auto moment = DateAndTime::parse(text);
  const auto duration = DaysAndTimeDuration::parse(text);
  check(moment);
  check(duration);
  if (!moment) return 0;
  const auto later = moment->plus(DaysAndTimeDuration::of_seconds(86'399, 999'999'999));
  if (later) VCSR_ASSERT(later->minus(*moment)->seconds() == 86'399);
  return 0;
}

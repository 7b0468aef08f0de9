// SPDX-License-Identifier: Apache-2.0
#include "vcsr/figures.hpp"

#include <doctest/doctest.h>

#include "figures/day.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// 10 answered, 7 of them in time; 4 abandoned, 2 in time and 1 of those short; 1 passed on, 1 called back.
QueueFigures busy_hour() {
  Day day;
  for (int i = 0; i < 7; ++i) day.contact(1min, "answered", 10s);
  for (int i = 0; i < 3; ++i) day.contact(2min, "answered", 50s);
  day.contact(3min, "abandoned", 3s);
  day.contact(3min, "abandoned", 15s);
  day.contact(3min, "abandoned", 40s);
  day.contact(3min, "abandoned", 62s);
  day.contact(4min, "timed_out", 2min);
  day.contact(4min, "callback", 30s);
  return day.figures.queue_total("service");
}

}  // namespace

TEST_CASE("each formula of the service level counts whom its name says") {
  const QueueFigures hour = busy_hour();

  CHECK(hour.service_level() == doctest::Approx(7.0 / 15));
  CHECK(hour.service_level(ServiceLevel::answered) == doctest::Approx(7.0 / 10));
  CHECK(hour.service_level(ServiceLevel::including_abandoned) == doctest::Approx(9.0 / 14));
  CHECK(hour.service_level(ServiceLevel::plus_late_abandoned) == doctest::Approx(7.0 / 12));
  CHECK(hour.service_level(ServiceLevel::genesys) == doctest::Approx(7.0 / 14));
  CHECK(hour.service_level(ServiceLevel::genesys, {.flowed = true}) == doctest::Approx(7.0 / 15));
  CHECK(hour.service_level(ServiceLevel::genesys, {.without_short = true}) == doctest::Approx(7.0 / 13));
  CHECK(hour.service_level(ServiceLevel::genesys, {.without_short = true, .without_abandoned = true}) ==
        doctest::Approx(7.0 / 10));
  CHECK(std::string(to_string(ServiceLevel::plus_late_abandoned)) == "SL_ANS_PLUS_LATE_AB");
}

TEST_CASE("waits and abandonment are told of those they are about") {
  const QueueFigures hour = busy_hour();

  CHECK(hour.offered == 16);
  CHECK(hour.ended() == 16);
  CHECK(hour.conserved());
  CHECK(hour.speed_of_answer() == 22s);
  CHECK(hour.time_to_abandon() == 30s);
  CHECK(hour.mean_wait() == Duration(490s) / 16);
  CHECK(hour.longest_wait == 50s);
  CHECK(hour.wait_percentile(0.5) == 10s);
  CHECK(hour.wait_percentile(0.7) == 10s);
  CHECK(hour.wait_percentile(0.71) == 50s);
  CHECK(hour.wait_percentile(1) == 50s);
  CHECK(hour.abandonment() == doctest::Approx(4.0 / 16));
  CHECK(hour.abandonment_without_short() == doctest::Approx(3.0 / 15));
}

TEST_CASE("a figure of nobody is empty, not zero") {
  const QueueFigures nothing;

  CHECK_FALSE(nothing.service_level().has_value());
  CHECK_FALSE(nothing.speed_of_answer().has_value());
  CHECK_FALSE(nothing.abandonment().has_value());
  CHECK_FALSE(nothing.wait_percentile(0.5).has_value());
  CHECK_FALSE(nothing.handling_time().has_value());
  CHECK_FALSE(AgentFigures().occupancy().has_value());
  CHECK(nothing.conserved());
}

TEST_CASE("what an agent's time is called decides what occupancy is") {
  const AgentFigures day{.ready = 30min,
                         .reserved = 10min,
                         .talked = 60min,
                         .held = 5min,
                         .wrapped_up = 15min,
                         .not_ready = 40min,
                         .offers = 10,
                         .offers_accepted = 9};

  CHECK(day.occupancy() == doctest::Approx(90.0 / 120));
  CHECK(day.occupancy(false) == doctest::Approx(80.0 / 110));
  CHECK(day.utilization() == doctest::Approx(80.0 / 160));
  CHECK(day.answer_rate() == doctest::Approx(0.9));
}

TEST_CASE("intervals add up, whichever comes first") {
  QueueFigures morning{.begins = Day::at(0s), .length = 30min, .waiting_at_start = 1, .waiting_at_end = 3};
  morning.offered = 5;
  QueueFigures noon{.begins = Day::at(30min), .length = 30min, .waiting_at_start = 3, .waiting_at_end = 2};
  noon.answered = 4;
  QueueFigures forwards, backwards;

  forwards += morning;
  forwards += noon;
  backwards += noon;
  backwards += morning;

  for (const QueueFigures& sum : {forwards, backwards}) {
    CHECK(sum.begins == morning.begins);
    CHECK(sum.length == 1h);
    CHECK(sum.waiting_at_start == 1);
    CHECK(sum.waiting_at_end == 2);
    CHECK(sum.conserved());
  }
}

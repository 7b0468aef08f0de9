// SPDX-License-Identifier: Apache-2.0
#include "vcsr/staffing.hpp"

#include <functional>
#include <string>

#include <doctest/doctest.h>

#include "thrown.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

/// The figures of a table agree to as many digits as it prints.
void check(double value, double printed, double last_digit = 1e-6) {
  CHECK(value == doctest::Approx(printed).scale(0).epsilon(last_digit * 0.51 / printed));
}

std::string refusal(const std::function<void()>& work) { return thrown(Error::Code::invalid, work); }

}  // namespace

TEST_CASE("Erlang B gives the published shares of calls turned away") {
  check(erlang_b(1, 2), 0.2);
  check(erlang_b(10, 15), 0.0364969, 1e-7);
  check(erlang_b(20, 30), 0.0084575, 1e-7);
  check(erlang_b(2, 3), 0.2105263, 1e-7);
  CHECK(erlang_b(0, 5) == 0);
  CHECK(erlang_b(7, 0) == 1);
}

TEST_CASE("Erlang C gives the published waits, service levels and occupancies to six digits") {
  struct Row {
    double per_hour;
    Duration handling;
    std::size_t agents;
    double waiting, speed_of_answer, service_level, occupancy, blocked;
  };
  const Row rows[] = {{360, 240s, 28, 0.333139, 19.9883, 0.761296, 0.857143, 0.066612},
                      {100, 180s, 8, 0.167267, 10.0360, 0.880148, 0.625, 0.070048},
                      {240, 300s, 22, 0.567915, 85.1873, 0.502976, 0.909091, 0.106734},
                      {60, 180s, 5, 0.236152, 21.2536, 0.810905, 0.6, 0.110054},
                      {600, 120s, 23, 0.415738, 16.6295, 0.747842, 0.869565, 0.084930}};
  for (const Row& row : rows) {
    CAPTURE(row.agents);
    const StaffingLoad load{.per_hour = row.per_hour, .handling = row.handling, .target = 20s};

    const StaffingForecast there = forecast(StaffingModel::erlang_c, load, row.agents);

    check(there.waiting, row.waiting);
    check(seconds(there.speed_of_answer), row.speed_of_answer, 1e-4);
    check(there.sl_offered(), row.service_level);
    check(there.occupancy, row.occupancy);
    check(forecast(StaffingModel::erlang_b, load, row.agents).lost, row.blocked);
    CHECK(there.sl_answered() == there.sl_offered());
    CHECK(there.lost == 0);
  }
  check(erlang_c(2, 3), 0.4444444, 1e-7);
}

TEST_CASE("Erlang A gives the published abandonment, waits and service levels by each formula") {
  struct Row {
    double per_hour;
    Duration handling;
    std::size_t agents;
    Duration patience;
    double waiting, lost, mean_wait, occupancy, offered, answered, including;
  };
  const Row rows[] = {{360, 240s, 24, 120s, 0.44688, 0.09493, 11.3913, 0.90507, 0.71946, 0.79492, 0.77425},
                      {360, 240s, 26, 180s, 0.34543, 0.05191, 9.3444, 0.87516, 0.79091, 0.83421, 0.81947},
                      {100, 180s, 5, 60s, 0.44950, 0.21929, 13.1572, 0.78071, 0.65145, 0.83443, 0.76279}};
  for (const Row& row : rows) {
    CAPTURE(row.agents);
    const StaffingLoad load{
        .per_hour = row.per_hour, .handling = row.handling, .target = 20s, .patience = row.patience};

    const StaffingForecast there = forecast(StaffingModel::erlang_a, load, row.agents);

    check(there.waiting, row.waiting, 1e-5);
    check(there.lost, row.lost, 1e-5);
    check(seconds(there.mean_wait), row.mean_wait, 1e-4);
    check(there.occupancy, row.occupancy, 1e-5);
    check(there.sl_offered(), row.offered, 1e-5);
    check(there.sl_answered(), row.answered, 1e-5);
    check(there.sl_including_abandoned(), row.including, 1e-5);
  }
}

TEST_CASE("with Erlang A the waits of those answered and of those lost make up the wait of all") {
  // Who is patient for the mean time θ⁻¹ abandons at the rate θ while waiting: P(abandon) = θ·E[wait].
  const StaffingLoad load{.per_hour = 360, .handling = 240s, .target = 1h, .patience = 120s};

  const StaffingForecast there = forecast(StaffingModel::erlang_a, load, 24);

  check(there.lost, seconds(there.mean_wait) / 120, 1e-7);
  check(there.sl_offered(), 1 - there.lost);
  check(there.abandoned_in_time, there.lost);
  CHECK(there.speed_of_answer < there.mean_wait);
  CHECK(there.wait_if_any > there.mean_wait);
}

TEST_CASE("endless patience turns Erlang A into Erlang C, at any size") {
  for (const std::size_t agents : {28, 2'800, 28'000}) {
    const StaffingLoad load{.per_hour = 12.5 * static_cast<double>(agents),
                            .handling = 240s,
                            .target = 20s,
                            .patience = 1'000'000h};

    const StaffingForecast patient = forecast(StaffingModel::erlang_a, load, agents);
    const StaffingForecast endless = forecast(StaffingModel::erlang_c, load, agents);

    CHECK(patient.waiting == doctest::Approx(endless.waiting).epsilon(1e-5));
    CHECK(patient.sl_offered() == doctest::Approx(endless.sl_offered()).epsilon(1e-5));
    CHECK(patient.lost < 1e-6);
  }
}

TEST_CASE("under ten times the load that agents can take, nine in ten abandon") {
  const StaffingLoad load{.per_hour = 150'000, .handling = 240s, .patience = 120s};

  const StaffingForecast there = forecast(StaffingModel::erlang_a, load, 1'000);

  check(there.lost, 0.9, 1e-5);
  check(there.occupancy, 1, 1e-5);
  check(there.waiting, 1);
}

TEST_CASE("the fewest agents who reach the service level are found") {
  const StaffingLoad load{.per_hour = 360, .handling = 240s, .target = 20s, .patience = 120s};
  const auto level = [&](std::size_t agents) {
    return forecast(StaffingModel::erlang_c, load, agents).sl_offered();
  };

  check(level(27), 0.6497, 1e-4);
  check(level(28), 0.7613, 1e-4);
  check(level(29), 0.8403, 1e-4);
  check(level(30), 0.8952, 1e-4);
  CHECK(agents_needed(StaffingModel::erlang_c, load, {.service_level = 0.8}) == 29);
  CHECK(agents_needed(StaffingModel::erlang_c, load, {.service_level = 0.8, .occupancy = 0.8}) == 30);
  CHECK(agents_needed(StaffingModel::erlang_a, load, {.service_level = 0.8}) == 26);
  CHECK(agents_needed(StaffingModel::erlang_a, load, {.service_level = 0.5, .lost = 0.02}) == 30);
  CHECK(agents_needed(StaffingModel::erlang_b, load, {.service_level = 0.99}) == 35);
  CHECK(agents_needed(StaffingModel::erlang_c, {.per_hour = 0, .handling = 1min}, {}) == 0);
}

TEST_CASE("one agent fewer than needed never reaches the goal") {
  for (const StaffingModel model :
       {StaffingModel::erlang_b, StaffingModel::erlang_c, StaffingModel::erlang_a}) {
    for (double per_hour = 1; per_hour < 20'000; per_hour *= 3) {
      CAPTURE(per_hour);
      const StaffingLoad load{.per_hour = per_hour, .handling = 200s, .target = 15s, .patience = 90s};
      const std::size_t needed = agents_needed(model, load, {.service_level = 0.9});

      CHECK(forecast(model, load, needed).sl_offered() >= 0.9);
      if (needed > 1 && (model != StaffingModel::erlang_c || needed - 1 > load.erlangs()))
        CHECK(forecast(model, load, needed - 1).sl_offered() < 0.9);
    }
  }
}

TEST_CASE("shrinkage adds those who are paid but not at work") {
  CHECK(agents_scheduled(29, 0) == 29);
  CHECK(agents_scheduled(29, 0.3) == 42);
  CHECK(agents_scheduled(7, 0.3) == 10);
  CHECK(refusal([] { agents_scheduled(7, 1); }) == "shrinkage: expected 0 to below 1, got 1");
}

TEST_CASE("what is no load, no goal and no group is refused with the reason") {
  const StaffingLoad load{.per_hour = 360, .handling = 240s};
  StaffingLoad wrong = load;

  CHECK(refusal([&] { forecast(StaffingModel::erlang_c, load, 24); }) ==
        "Erlang C: 24 erlangs need more than 24 agents, or the queue grows for ever; Erlang A counts with "
        "those who give up");
  CHECK(refusal([&] { forecast(StaffingModel::erlang_a, load, 24); }) ==
        "patience: Erlang A needs a mean patience of more than 0; Erlang C needs none");
  CHECK(refusal([&] { forecast(StaffingModel::erlang_b, load, 0); }) ==
        "agents: expected 1 to a million, got 0");
  CHECK(refusal([&] { agents_needed(StaffingModel::erlang_c, load, {.service_level = 80}); }) ==
        "service level: expected 0 to 1, got 80");
  CHECK(refusal([&] { erlang_b(-1, 3); }) == "erlangs: expected a number of at least 0, got -1");
  wrong.per_hour = -5;
  CHECK(refusal([&] { forecast(StaffingModel::erlang_c, wrong, 2); }) ==
        "contacts per hour: expected a number of at least 0, got -5");
  wrong = {.per_hour = 10, .handling = 0s};
  CHECK(refusal([&] { forecast(StaffingModel::erlang_c, wrong, 2); }) ==
        "handling time: expected more than 0");
  wrong = {.per_hour = 1e12, .handling = 1h};
  CHECK(refusal([&] { agents_needed(StaffingModel::erlang_b, wrong, {}); }).find("limit of a million") !=
        std::string::npos);
}

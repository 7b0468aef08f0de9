// SPDX-License-Identifier: Apache-2.0
#include "simulation/simulated_day.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "vcsr/journal_events.hpp"
#include "vcsr/staffing.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

/// One queue and one group of agents who answer at once and need no time for notes: M/M/N, with patience
/// M/M/N+M.
Scenario day_of(double per_hour, Duration handling, std::size_t agents, Duration length) {
  Scenario scenario;
  scenario.ends = length;
  QueueOptions queue;
  queue.name = "service";
  queue.wrap_up = 0s;
  queue.announce_every = 24h;
  queue.limit = 1'000'000;
  scenario.queues.push_back(queue);
  ContactStream stream;
  stream.queue = "service";
  stream.profile = {{.length = length, .contacts = per_hour * seconds(length) / 3600}};
  stream.handling.mean = handling;
  scenario.contacts.push_back(stream);
  AgentGroup group;
  group.count = agents;
  group.queues = {"service"};
  scenario.agents.push_back(group);
  return scenario;
}

std::string journal_of(const Scenario& scenario, std::uint64_t seed) {
  std::string lines;
  RunTerms terms{.seed = seed};
  terms.journal = [&lines](const JournalEntry& entry) {
    lines += std::to_string(entry.number) + " " + to_string(entry.at) + " " + entry.type + " " +
             entry.subject + " " + to_json(entry.data) + "\n";
  };
  simulate_day(scenario, terms);
  return lines;
}

}  // namespace

TEST_CASE("agents with callers who give up do as Erlang A says") {
  Scenario scenario = day_of(360, 240s, 24, 24h * 4);
  scenario.contacts[0].patience = Distribution{.mean = 120s};
  const StaffingForecast theory = forecast(
      StaffingModel::erlang_a, {.per_hour = 360, .handling = 240s, .target = 20s, .patience = 120s}, 24);

  const KeyFigures figures = simulate_day(scenario, {.seed = 1});

  const QueueFigures day = figures.queue_total("service");
  CHECK(day.offered == doctest::Approx(34'560).epsilon(0.01));
  CHECK(*day.abandonment() == doctest::Approx(theory.lost).epsilon(0.03));
  CHECK(seconds(*day.mean_wait()) == doctest::Approx(seconds(theory.mean_wait)).epsilon(0.03));
  CHECK(seconds(*day.speed_of_answer()) == doctest::Approx(seconds(theory.speed_of_answer)).epsilon(0.03));
  CHECK(static_cast<double>(day.answered_in_time) / static_cast<double>(day.offered) ==
        doctest::Approx(theory.sl_offered()).epsilon(0.03));
  CHECK(*day.service_level(ServiceLevel::answered) == doctest::Approx(theory.sl_answered()).epsilon(0.03));
  CHECK(*day.service_level(ServiceLevel::including_abandoned) ==
        doctest::Approx(theory.sl_including_abandoned()).epsilon(0.03));
  CHECK(*figures.agents_total().occupancy() == doctest::Approx(theory.occupancy).epsilon(0.03));
}

TEST_CASE("agents with patient callers do as Erlang C says") {
  const Scenario scenario = day_of(100, 180s, 8, 24h * 8);
  const StaffingForecast theory =
      forecast(StaffingModel::erlang_c, {.per_hour = 100, .handling = 180s, .target = 20s}, 8);

  const KeyFigures figures = simulate_day(scenario, {.seed = 10});

  const QueueFigures day = figures.queue_total("service");
  const auto waited =
      std::count_if(day.waits.begin(), day.waits.end(), [](Duration wait) { return wait > 0s; });
  CHECK(day.abandoned == 0);
  CHECK(static_cast<double>(waited) / static_cast<double>(day.answered) ==
        doctest::Approx(theory.waiting).epsilon(0.03));
  CHECK(seconds(*day.speed_of_answer()) == doctest::Approx(seconds(theory.speed_of_answer)).epsilon(0.03));
  CHECK(*day.service_level() == doctest::Approx(theory.sl_offered()).epsilon(0.03));
  CHECK(*figures.agents_total().occupancy() == doctest::Approx(theory.occupancy).epsilon(0.03));
}

TEST_CASE("a queue in which nobody may wait turns as many away as Erlang B says") {
  Scenario scenario = day_of(100, 180s, 8, 24h * 6);
  // Whoever is not connected at once goes.
  scenario.contacts[0].patience = Distribution{.shape = Distribution::Shape::constant, .mean = 1us};

  const QueueFigures day = simulate_day(scenario, {.seed = 4}).queue_total("service");

  CHECK(*day.abandonment() == doctest::Approx(erlang_b(5, 8)).epsilon(0.03));
}

TEST_CASE("in every run contacts are conserved in each interval, and Little's law holds exactly") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CAPTURE(seed);
    Scenario scenario = day_of(200, 200s, 9, 4h);
    scenario.contacts[0].patience = Distribution{.mean = 150s};
    scenario.contacts[0].limit = 5min;
    scenario.queues[0].limit = 20;
    scenario.queues[0].wrap_up = 15s;
    scenario.agents[0].rings = 3s;
    scenario.agents[0].shifts = {{0h, 2h}, {2h + 30min, 4h}};

    const KeyFigures figures = simulate_day(scenario, {.seed = seed});

    for (const QueueFigures& interval : figures.queue("service")) CHECK(interval.conserved());
    const QueueFigures day = figures.queue_total("service");
    CHECK(day.abandoned > 0);
    CHECK(day.flowed > 0);
    CHECK(day.waiting_at_end == 0);
    CHECK(day.waiting_time == day.waited_answered + day.waited_abandoned + day.waited_others);
    CHECK(day.handled == day.answered);
    const AgentFigures staff = figures.agents_total();
    CHECK(staff.talked == day.talked);
    CHECK(staff.wrapped_up == day.wrapped_up);
  }
}

TEST_CASE("the same seed gives the same journal byte for byte, another seed another") {
  Scenario scenario = day_of(200, 200s, 9, 2h);
  scenario.contacts[0].patience = Distribution{.mean = 150s};

  const std::string first = journal_of(scenario, 1);

  CHECK(first.size() > 100'000);
  CHECK(first == journal_of(scenario, 1));
  CHECK(first != journal_of(scenario, 2));
}

TEST_CASE("who comes does not depend on who works") {
  Scenario scenario = day_of(200, 200s, 9, 2h);
  Scenario more = scenario;
  more.agents[0].count = 15;

  const QueueFigures few = simulate_day(scenario, {.seed = 1}).queue_total("service");
  const QueueFigures many = simulate_day(more, {.seed = 1}).queue_total("service");

  CHECK(few.offered == many.offered);
  CHECK(few.talked == many.talked);
  CHECK(*few.speed_of_answer() > *many.speed_of_answer());
}

TEST_CASE("nobody works outside a shift") {
  Scenario scenario = day_of(60, 100s, 5, 4h);
  scenario.agents[0].shifts = {{1h, 2h}};
  scenario.contacts[0].limit = 1min;

  const KeyFigures figures = simulate_day(scenario, {.seed = 1});

  const auto hours = figures.queue("service");
  CHECK(hours[0].answered == 0);
  CHECK(hours[0].flowed > 20);
  CHECK(hours[2].answered > 20);
  CHECK(hours[7].answered == 0);
  // Who talks when the shift ends goes on to the end of the talk.
  CHECK(figures.agents_total().logged_in() >= 5h);
  CHECK(figures.agents_total().logged_in() < 5h + 30min);
}

TEST_CASE("higher priority waits less in the same queue") {
  Scenario scenario = day_of(100, 200s, 12, 12h);
  scenario.queues.push_back(scenario.queues[0]);
  scenario.queues[1].name = "unused";
  scenario.contacts.push_back(scenario.contacts[0]);
  scenario.contacts[1].priority = 20;
  std::map<std::string, Duration> waited;
  std::map<std::string, std::string> stream;
  RunTerms terms;
  terms.journal = [&](const JournalEntry& entry) {
    if (entry.type == events::contact_queued) stream[entry.subject] = entry.data.at("priority").text();
    if (entry.type == events::contact_left_queue)
      waited[stream[entry.subject]] +=
          Duration(static_cast<std::int64_t>(*entry.data.at("waited").get_if<double>() * 1e6));
  };

  simulate_day(scenario, terms);

  CHECK(waited["20"] < waited["0"] / 2);
}

TEST_CASE("progress is told up to the end of the day") {
  Scenario scenario = day_of(60, 60s, 2, 2h);
  std::vector<double> shares;
  RunTerms terms;
  terms.progress = [&shares](double share) { shares.push_back(share); };

  simulate_day(scenario, terms);

  CHECK(std::is_sorted(shares.begin(), shares.end()));
  CHECK(shares.back() == 1);
  CHECK(shares.size() >= 100);
}

TEST_CASE("only those who can take a contact get it, until the queue asks for less") {
  Scenario scenario = day_of(60, 60s, 3, 2h);
  scenario.queues[0].requirement = Requirement::parse("billing >= 2");
  scenario.contacts[0].limit = 5min;
  scenario.agents[0].skills = {{"billing", 1}};
  CHECK(simulate_day(scenario, {.seed = 1}).queue_total("service").answered == 0);

  scenario.queues[0].relaxed = {{30s, Requirement::parse("billing")}};
  const QueueFigures relaxed = simulate_day(scenario, {.seed = 1}).queue_total("service");

  CHECK(relaxed.answered == relaxed.offered);
  CHECK(relaxed.wait_percentile(0) == 30s);
}

TEST_CASE("what a contact itself asks for is heeded") {
  Scenario scenario = day_of(60, 60s, 3, 1h);
  scenario.contacts[0].limit = 5min;
  scenario.contacts[0].requirement = Requirement::parse("zh");

  CHECK(simulate_day(scenario, {.seed = 1}).queue_total("service").answered == 0);
  scenario.agents[0].skills = {{"zh", 1}};
  CHECK(simulate_day(scenario, {.seed = 1}).queue_total("service").answered > 0);
}

TEST_CASE("an agent with room for three chats does as three agents, and has handled each of them") {
  Scenario three = day_of(40, 240s, 3, 12h);
  Scenario one = three;
  one.contacts[0].channel = Channel::chat;
  one.agents[0].count = 1;
  one.agents[0].capacity = {.units = 3, .takes = {{Channel::chat, 1}}, .at_most = {}};

  const QueueFigures by_three = simulate_day(three, {.seed = 1}).queue_total("service");
  const QueueFigures by_one = simulate_day(one, {.seed = 1}).queue_total("service");

  CHECK(by_one.handled == by_one.answered);
  CHECK(by_one.talked == by_three.talked);
  CHECK(by_one.waited_answered == by_three.waited_answered);
}

TEST_CASE("agents adhere to their shifts but for the time for what they had in hand") {
  Scenario scenario = day_of(200, 100s, 5, 4h);
  scenario.agents[0].shifts = {{1h, 2h}};

  const AgentFigures staff = simulate_day(scenario, {.seed = 1}).agents_total();

  CHECK(staff.scheduled == 5h);
  CHECK(staff.adherence() == 1.0);
  CHECK(*staff.conformance() > 1.0);
}

TEST_CASE(
    "where all are rung at once the quickest takes it, and those who answer in the same moment are one") {
  Scenario scenario = day_of(60, 60s, 2, 2h);
  scenario.queues[0].strategy = Strategy::ring_all;
  scenario.agents[0].rings = 5s;
  AgentGroup slow = scenario.agents[0];
  slow.count = 1;
  slow.rings = 10s;
  scenario.agents.push_back(slow);

  const KeyFigures figures = simulate_day(scenario, {.seed = 1});

  const QueueFigures day = figures.queue_total("service");
  CHECK(day.answered == day.offered);
  CHECK(day.handled == day.answered);
  CHECK(day.offers > day.answered);
  CHECK(day.wait_percentile(0.5) == 5s);
  CHECK(figures.agents_total().handled == day.answered);
}

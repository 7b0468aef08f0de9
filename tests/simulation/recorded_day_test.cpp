// SPDX-License-Identifier: Apache-2.0
#include "simulation/recorded_day.hpp"

#include <doctest/doctest.h>

#include "simulation/simulated_day.hpp"
#include "thrown.hpp"
#include "vcsr/journal_events.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

constexpr const char* rules = R"(
[day]
zone = "Asia/Shanghai"
[[queue]]
name = "service"
wrap_up = "10s"
[[agents]]
queues = ["service"]
)";

/// A center's journal, written by hand: times count from nine in the morning in Shanghai.
struct Record {
  explicit Record(const std::string& text = rules, const std::string& day = "")
      : scenario(parse_scenario(text, "day.toml", ".", Comers::recorded)),
        recorded(scenario, "old.jsonl", day) {}

  void tell(Duration since, const char* type, const std::string& subject, Facts data) {
    recorded.apply({.number = ++number,
                    .at = parse_wall_time("2026-11-22T01:00:00.000Z") + since,
                    .type = type,
                    .subject = subject,
                    .data = std::move(data)});
  }
  void comes(Duration since, const std::string& contact, const char* channel = "voice",
             const std::string& queue = "service") {
    tell(since, events::contact_arrived, contact, {{"channel", channel}, {"from", "sip:" + contact}});
    tell(since, events::contact_queued, contact, {{"queue", queue}, {"priority", 2}});
  }
  void leaves(Duration since, const std::string& contact, const char* result, double waited) {
    tell(since, events::contact_left_queue, contact,
         {{"queue", "service"}, {"result", result}, {"waited", waited}});
  }
  void talked(Duration since, const std::string& contact, double talked, double held) {
    tell(since, events::contact_disconnected, contact, {{"agent", "7"}, {"talked", talked}, {"held", held}});
    tell(since, events::contact_closed, contact, {{"outcome", "served"}});
    tell(since + 20s, events::contact_wrapped_up, contact,
         {{"queue", "service"}, {"agent", "7"}, {"lasted", 20.0}});
  }
  void state(Duration since, const char* state) { tell(since, events::agent_state, "7", {{"state", state}}); }

  Scenario scenario;
  RecordedDay recorded;
  std::uint64_t number = 0;
};

std::string refusal(Record& record) {
  return thrown(Error::Code::invalid, [&record] { record.recorded.again(); });
}

}  // namespace

TEST_CASE("a recorded day tells who came when, how long they talked and when they gave up") {
  Record record;
  record.comes(0s, "c1");
  record.leaves(5s, "c1", "answered", 5);
  record.talked(70s, "c1", 50, 15);
  record.comes(2min, "c2");
  record.leaves(150s, "c2", "abandoned", 30);
  record.comes(3min, "c3", "chat");
  record.leaves(3min, "c3", "answered", 0);
  record.talked(5min, "c3", 120, 0);

  const Scenario again = record.recorded.again();

  REQUIRE(again.contacts.size() == 2);
  const ContactStream& calls = again.contacts[0];
  CHECK(calls.queue == "service");
  CHECK(calls.channel == Channel::voice);
  CHECK(calls.priority == 2);
  REQUIRE(calls.recorded.size() == 2);
  CHECK(calls.recorded[0].at == 9h);
  CHECK(calls.recorded[0].talk == 65s);
  CHECK_FALSE(calls.recorded[0].gave_up);
  CHECK(calls.recorded[1].at == 9h + 2min);
  CHECK(calls.recorded[1].waited == 30s);
  CHECK(calls.recorded[1].gave_up);
  CHECK_FALSE(calls.recorded[1].talk.has_value());
  CHECK(calls.handling.samples == std::vector<Duration>{65s});
  CHECK(calls.endurance.draw(5s, 0.9) == 30s);
  CHECK(again.contacts[1].channel == Channel::chat);
  CHECK(again.begins == 9h);
}

TEST_CASE("the figures of the day are those of its journal, whose agents were there before") {
  Record record;
  record.state(-10h, "not_ready");
  record.state(-9h - 30min, "ready");
  record.comes(0s, "c1");
  record.state(5s, "busy");
  record.leaves(5s, "c1", "answered", 5);
  record.state(65s, "wrap_up");
  record.talked(65s, "c1", 60, 0);
  record.state(85s, "logged_out");
  record.state(20h, "ready");

  const KeyFigures figures = record.recorded.figures();

  const QueueFigures day = figures.queue_total("service");
  CHECK(day.offered == 1);
  CHECK(day.speed_of_answer() == 5s);
  CHECK(day.handling_time() == 80s);
  const AgentFigures staff = figures.agents_total();
  CHECK(staff.ready == 9h + 5s);
  CHECK(staff.logged_in() == 9h + 85s);
  CHECK(figures.queue("service")[0].begins == simulated_midnight() + 9h);
}

TEST_CASE("the same customers come again, to other rules") {
  Record record;
  for (int i = 0; i < 10; ++i) {
    const std::string contact = "c" + std::to_string(i);
    record.comes(i * 60s, contact);
    record.leaves(i * 60s + 100s, contact, "answered", 100);
    record.talked(i * 60s + 130s, contact, 30, 0);
  }

  const KeyFigures figures = simulate_day(record.recorded.again(), {});

  const QueueFigures day = figures.queue_total("service");
  CHECK(day.offered == 10);
  CHECK(day.talked == 300s);
  CHECK(day.speed_of_answer() == 0s);
  CHECK(day.wrapped_up == 100s);
}

TEST_CASE("who was recorded as refused or given back comes once for each time in a queue") {
  Record record;
  record.tell(0s, events::contact_arrived, "c1", {{"channel", "voice"}});
  record.leaves(0s, "c1", "full", 0);
  record.tell(1min, events::contact_queued, "c1", {{"queue", "service"}, {"priority", 0}});
  record.leaves(2min, "c1", "answered", 60);
  record.talked(3min, "c1", 60, 0);

  const Scenario again = record.recorded.again();

  REQUIRE(again.contacts.size() == 1);
  REQUIRE(again.contacts[0].recorded.size() == 2);
  CHECK_FALSE(again.contacts[0].recorded[0].talk.has_value());
  CHECK(again.contacts[0].recorded[1].talk == 60s);
}

TEST_CASE("journals that cannot be used are refused with the entry and what to do") {
  SUBCASE("a queue that the scenario lacks") {
    Record record;
    CHECK(thrown(Error::Code::invalid, [&record] { record.comes(0s, "c1", "voice", "sales"); }) ==
          "old.jsonl: entry 2: contacts came into the queue \"sales\", which the scenario lacks; it has: "
          "service. "
          "Add [[queue]] with name = \"sales\"");
  }
  SUBCASE("a queue that nobody serves") {
    Record record(std::string(rules) + "[[queue]]\nname = \"sales\"\n");
    CHECK(thrown(Error::Code::invalid, [&record] { record.comes(0s, "c1", "voice", "sales"); }) ==
          "old.jsonl: entry 2: contacts came into the queue \"sales\", which nobody serves in the scenario: "
          "add "
          "[[agents]] with it");
  }
  SUBCASE("several days") {
    Record record;
    record.comes(0s, "c1");
    CHECK(thrown(Error::Code::invalid, [&record] { record.comes(16h, "c2"); }) ==
          "old.jsonl: entry 4: the journal is of more than one day: choose with --day 2026-11-22 or --day "
          "2026-11-23");
  }
  SUBCASE("nobody") {
    Record record;
    CHECK(refusal(record) == "old.jsonl: nobody came into a queue: it is no journal of a center's day");
  }
  SUBCASE("another day") {
    Record record(rules, "2026-11-24");
    record.comes(0s, "c1");
    CHECK(refusal(record) == "old.jsonl: nobody came into a queue on 2026-11-24: choose another --day");
  }
  SUBCASE("no day") {
    CHECK(thrown(Error::Code::invalid, [] { Record(rules, "yesterday"); }) ==
          "--day: expected a date such as 2026-11-22, got \"yesterday\"");
  }
  SUBCASE("nobody was served") {
    Record record;
    record.comes(0s, "c1");
    record.leaves(9s, "c1", "abandoned", 9);
    CHECK(refusal(record) ==
          "old.jsonl: nobody talked with those who came into the queue \"service\", so that their handling "
          "time is "
          "unknown: add [[contacts]] with queue and handling");
  }
}

TEST_CASE("what the record does not tell the scenario may: handling times and how long the queue lets wait") {
  Record record(std::string(rules) + R"(
[[contacts]]
queue = "service"
handling = { mean = "90s", shape = "constant" }
limit = "2min"
)");
  record.comes(0s, "c1");
  record.leaves(9s, "c1", "abandoned", 9);

  const Scenario again = record.recorded.again();

  CHECK(again.contacts[0].handling.mean == 90s);
  CHECK(again.contacts[0].limit == 2min);
}

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <random>

#include "figures/day.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::testing;

TEST_CASE("a contact belongs to the interval in which it entered, or to that in which it ended") {
  Day day;
  day.queued(29min, "c1");
  day.left(31min, "c1", "answered", 2min);
  day.queued(95min, "c2");

  const auto by_end = day.figures.queue("service");
  const auto by_enqueue = day.figures.queue("service", Attribution::by_enqueue);

  REQUIRE(by_end.size() == 4);
  CHECK(by_end[0].begins == Day::at(0s));
  CHECK(by_end[0].offered == 1);
  CHECK(by_end[0].answered == 0);
  CHECK(by_end[1].answered == 1);
  CHECK(by_end[2].offered == 0);
  CHECK(by_end[3].offered == 1);
  REQUIRE(by_enqueue.size() == 4);
  CHECK(by_enqueue[0].offered == 1);
  CHECK(by_enqueue[0].answered == 1);
  CHECK(by_enqueue[0].speed_of_answer() == 2min);
}

TEST_CASE("those who wait over the end of an interval are the next one's to begin with") {
  Day day;
  day.queued(20min, "c1");
  day.queued(25min, "c2");
  day.left(40min, "c1", "abandoned", 20min);
  day.figures.advance(Day::at(70min));

  const auto intervals = day.figures.queue("service");

  REQUIRE(intervals.size() == 3);
  CHECK(intervals[0].waiting_at_end == 2);
  CHECK(intervals[1].waiting_at_start == 2);
  CHECK(intervals[1].waiting_at_end == 1);
  CHECK(intervals[2].waiting_at_end == 1);
  CHECK(intervals[0].waiting_time == 15min);
  CHECK(intervals[1].waiting_time == 40min);
  CHECK(intervals[2].waiting_time == 10min);
  for (const QueueFigures& interval : intervals) CHECK(interval.conserved());
}

TEST_CASE("who is refused at once was offered and left by rule; a callback is no abandon") {
  Day day;
  day.left(1min, "c1", "full", 0s);
  day.queued(2min, "c2");
  day.left(3min, "c2", "callback", 1min);

  const QueueFigures total = day.figures.queue_total("service");

  CHECK(total.offered == 2);
  CHECK(total.flowed == 1);
  CHECK(total.called_back == 1);
  CHECK(total.abandoned == 0);
  CHECK(total.conserved());
}

TEST_CASE("a contact whose program ended while it waited has left, and nobody is ready since") {
  Day day;
  day.state(0s, "1001", "ready");
  day.queued(1min, "c1");
  day.tell(20min, events::center_started, "");
  day.tell(20min, events::contact_closed, "c1", {{"outcome", "interrupted"}});
  day.figures.advance(Day::at(30min));

  CHECK(day.figures.queue_total("service").flowed == 1);
  CHECK(day.figures.queue_total("service").conserved());
  CHECK(day.figures.agents_total().ready == 1min);
}

TEST_CASE("targets are each queue's own") {
  Day day({.target = 20s, .targets = {{"vip", 5s}}});
  for (const char* queue : {"service", "vip"}) {
    day.queued(0s, "c1", queue);
    day.left(10s, "c1", "answered", 10s, queue);
  }

  CHECK(day.figures.queues() == std::vector<std::string>{"service", "vip"});
  CHECK(day.figures.queue_total("service").answered_in_time == 1);
  CHECK(day.figures.queue_total("vip").answered_in_time == 0);
}

TEST_CASE("an agent's time is split at the ends of intervals") {
  Day day;
  day.state(0s, "1001", "not_ready");
  day.state(10min, "1001", "ready");
  day.state(50min, "1001", "logged_out");
  day.figures.advance(Day::at(3h));

  const auto intervals = day.figures.agent("1001");

  REQUIRE(intervals.size() == 2);
  CHECK(intervals[0].not_ready == 10min);
  CHECK(intervals[0].ready == 20min);
  CHECK(intervals[1].ready == 20min);
  CHECK(day.figures.agents_total().logged_in() == 50min);
  CHECK(day.figures.agents() == std::vector<std::string>{"1001"});
}

TEST_CASE("talk, hold and wrap-up count for the queue, also when the contact is closed before they end") {
  Day day;
  day.state(0s, "1001", "ready");
  day.queued(28min, "c1");
  day.offered(28min, "c1", "1001");
  day.state(28min, "1001", "reserved", "c1");
  day.offer_ended(29min, "c1", "1001", "accepted");
  day.left(29min, "c1", "answered", 1min);
  day.state(29min, "1001", "busy", "c1");
  day.state(32min, "1001", "hold", "c1");
  day.state(33min, "1001", "busy", "c1");
  day.talked(34min, "c1", "1001", 4min, 1min);
  day.state(34min, "1001", "wrap_up", "c1");
  day.closed(34min, "c1", "served");
  day.wrapped_up(36min, "c1", "1001", 2min);
  day.state(36min, "1001", "ready");

  const QueueFigures total = day.figures.queue_total("service");
  CHECK(total.handled == 1);
  CHECK(total.talked == 4min);
  CHECK(total.held == 1min);
  CHECK(total.wrapped_up == 2min);
  CHECK(total.handling_time() == 7min);
  CHECK(total.handling_time_per_contact() == 7min);
  CHECK(day.figures.queue("service", Attribution::by_enqueue)[0].handled == 1);
  CHECK(day.figures.queue("service")[1].handled == 1);
  const AgentFigures agent = day.figures.agents_total();
  CHECK(agent.reserved == 1min);
  CHECK(agent.handled == 1);
  CHECK(agent.answer_rate() == 1.0);
}

TEST_CASE("two agents who had a contact are two handlings of one contact") {
  Day day;
  day.queued(0s, "c1");
  day.left(1min, "c1", "answered", 1min);
  day.state(1min, "1001", "busy", "c1");
  day.talked(2min, "c1", "1001", 1min);
  // While the first consults the second, nobody of them is in charge anew.
  day.talked(3min, "c1", "1001", 1min);
  day.state(3min, "1002", "busy", "c1");
  day.state(3min, "1001", "ready");
  day.talked(7min, "c1", "1002", 4min);
  day.state(7min, "1002", "ready");
  day.closed(7min, "c1", "served");

  const QueueFigures total = day.figures.queue_total("service");

  CHECK(total.handled == 2);
  CHECK(total.handling_time() == 3min);
  CHECK(total.handling_time_per_contact() == 6min);
  CHECK(day.figures.agents_total().handled == 2);
}

TEST_CASE("an agent with three chats at once has handled three, each with its own time for notes") {
  Day day;
  for (const char* contact : {"c1", "c2", "c3"}) {
    day.queued(0s, contact);
    day.left(1min, contact, "answered", 1min);
  }
  day.state(1min, "1001", "busy", "c3");
  day.talked(3min, "c1", "1001", 2min);
  day.closed(3min, "c1", "served");
  day.wrapped_up(4min, "c1", "1001", 1min);
  day.talked(5min, "c2", "1001", 4min);
  day.talked(8min, "c3", "1001", 7min);
  day.state(8min, "1001", "wrap_up", "c2");
  day.closed(8min, "c2", "served");
  day.closed(8min, "c3", "served");
  day.wrapped_up(9min, "c2", "1001", 4min);
  day.wrapped_up(9min, "c3", "1001", 1min);
  day.state(9min, "1001", "ready");

  const QueueFigures total = day.figures.queue_total("service");

  CHECK(total.handled == 3);
  CHECK(total.talked == 13min);
  CHECK(total.wrapped_up == 6min);
  CHECK(total.handling_time() == Duration(19min) / 3);
  const AgentFigures agent = day.figures.agents_total();
  CHECK(agent.handled == 3);
  CHECK(agent.talked == 7min);
  CHECK(agent.wrapped_up == 1min);
}

TEST_CASE("the transfer rate counts contacts that agents passed on, blindly and after consulting apart") {
  Day day;
  for (const char* contact : {"c1", "c2", "c3", "c4", "c5"}) {
    day.queued(0s, contact);
    day.left(1min, contact, "answered", 1min);
  }
  const auto transfer = [&day](const char* contact, int leg, const char* result, bool consulted) {
    day.tell(2min, events::contact_transferred, contact,
             {{"target", "sip:1002"}, {"result", result}, {"leg", leg}, {"consulted", consulted}});
  };
  transfer("c1", 2, "answered", false);
  transfer("c1", 3, "answered", false);
  transfer("c1", 4, "answered", true);
  transfer("c2", 2, "answered", true);
  transfer("c3", 2, "no_answer", false);
  transfer("c4", 1, "answered", false);

  const QueueFigures total = day.figures.queue_total("service");

  CHECK(total.transferred == 2);
  CHECK(total.transferred_blind == 1);
  CHECK(total.transferred_consulted == 2);
  CHECK(total.transfer_rate() == 2.0 / 5);
}

TEST_CASE("estimates of the wait are measured by the waits of those who were answered") {
  Day day;
  const auto come = [&day](const std::string& contact, double estimate, const char* result, Duration waited) {
    day.tell(0s, events::contact_queued, contact, {{"queue", "service"}, {"estimate", estimate}});
    day.left(waited, contact, result, waited);
  };
  come("c1", 50, "answered", 60s);   // 10 s off, within 12 s
  come("c2", 60, "answered", 100s);  // 40 s off
  come("c3", 60, "abandoned", 20s);
  come("c4", 0, "answered", 2s);

  const QueueFigures total = day.figures.queue_total("service");

  CHECK(total.estimates == 2);
  CHECK(total.estimate_error() == 25s);
  CHECK(total.close_estimates_share() == 0.5);
}

TEST_CASE("adherence is time at work within the schedule, conformance at any time") {
  Day day({.schedules = {{"1001", {{Day::at(0s), Day::at(60min)}, {Day::at(90min), Day::at(120min)}}},
                         {"1002", {{Day::at(0s), Day::at(30min)}}}}});
  day.state(15min, "1001", "ready");
  day.state(40min, "1001", "busy", "c1");
  day.state(45min, "1001", "not_ready");
  day.state(55min, "1001", "ready");
  day.state(70min, "1001", "logged_out");
  day.state(100min, "1001", "ready");
  day.state(125min, "1001", "logged_out");
  day.figures.advance(Day::at(130min));

  const auto intervals = day.figures.agent("1001");
  AgentFigures agent;
  for (const AgentFigures& interval : intervals) agent += interval;

  CHECK(agent.scheduled == 90min);
  CHECK(agent.adhered == 30min + 5min + 20min);
  CHECK(agent.adherence() == 55.0 / 90);
  CHECK(agent.at_work() == 30min + 15min + 25min);
  CHECK(agent.conformance() == 70.0 / 90);
  CHECK(intervals[0].scheduled == 30min);
  CHECK(intervals[0].adhered == 15min);
  // The second did not come.
  CHECK(day.figures.agents_total().scheduled == 120min);
}

TEST_CASE("a customer is contained who is served without an agent and does not come again within a day") {
  Day day;
  day.arrived(0s, "c1", "sip:anna");
  day.closed(2min, "c1", "self_served");
  day.arrived(10min, "c2", "sip:ben");
  day.closed(12min, "c2", "self_served");
  day.arrived(20min, "c3", "sip:carl");
  day.queued(21min, "c3");
  day.left(22min, "c3", "abandoned", 1min);
  day.closed(22min, "c3", "abandoned");
  day.arrived(25min, "c4", "sip:dora");
  day.closed(26min, "c4", "left");
  CHECK(day.figures.self_service_total().containment() == 0.5);

  day.arrived(20h, "c5", "sip:ben");
  day.closed(20h, "c5", "left");
  day.arrived(25h, "c6", "sip:anna");
  day.closed(25h, "c6", "left");

  const SelfServiceFigures first = day.figures.self_service()[0];
  CHECK(first.entered == 4);
  CHECK(first.asked_for_agent == 1);
  CHECK(first.contained == 1);
  CHECK(first.repeated == 1);
  CHECK(first.containment() == 0.25);
  CHECK(day.figures.self_service_total().entered == 6);
}

TEST_CASE("whoever is recognized comes again from any number") {
  Day day;
  day.arrived(0s, "c1", "sip:office");
  day.tell(0s, events::contact_identified, "c1", {{"customer", "k1"}});
  day.closed(2min, "c1", "self_served");
  day.arrived(10min, "c2", "sip:mobile");
  CHECK(day.figures.self_service_total().contained == 1);

  day.tell(11min, events::contact_identified, "c2", {{"customer", "k1"}});

  CHECK(day.figures.self_service_total().contained == 0);
  CHECK(day.figures.self_service_total().repeated == 1);
}

TEST_CASE("an offer that is not taken counts as missed, one that is withdrawn does not") {
  Day day;
  day.queued(0s, "c1");
  for (const char* result : {"no_answer", "withdrawn", "answered_elsewhere", "accepted"}) {
    day.offered(1min, "c1", "1001");
    day.offer_ended(1min, "c1", "1001", result);
  }

  const QueueFigures total = day.figures.queue_total("service");

  CHECK(total.offers == 4);
  CHECK(total.offers_missed == 1);
  CHECK(total.offers_withdrawn == 2);
  CHECK(day.figures.agents_total().offers_accepted == 1);
}

TEST_CASE(
    "in any history contacts are conserved in every interval, and Little's law holds to the microsecond") {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Day day({.interval = 5min});
    std::map<std::string, Duration> waiting;
    Duration now{}, waited{};
    const auto leave = [&](const char* result) {
      const auto who = std::next(waiting.begin(), static_cast<long>(random() % waiting.size()));
      day.left(now, who->first, result, now - who->second);
      waited += now - who->second;
      waiting.erase(who);
    };

    for (int i = 0; i < 500; ++i) {
      now += Duration(random() % 30'000'000);
      if (waiting.empty() || random() % 2) {
        const std::string id = "c" + std::to_string(i);
        day.queued(now, id);
        waiting.emplace(id, now);
      } else {
        const char* results[] = {"answered", "abandoned", "timed_out", "callback", "overflowed"};
        leave(results[random() % 5]);
      }
    }
    for (const QueueFigures& interval : day.figures.queue("service")) CHECK(interval.conserved());
    while (!waiting.empty()) leave("answered");

    const QueueFigures total = day.figures.queue_total("service");
    CHECK(total.waiting_time == waited);
    CHECK(total.waited_answered + total.waited_abandoned + total.waited_others == waited);
    CHECK(total.waiting_at_end == 0);
    CHECK(total.conserved());
    QueueFigures entered;
    for (const QueueFigures& interval : day.figures.queue("service", Attribution::by_enqueue)) {
      CHECK(interval.offered == interval.ended());
      entered += interval;
    }
    CHECK(entered.answered == total.answered);
    CHECK(entered.waited_answered == total.waited_answered);
  }
}

TEST_CASE("a copy goes its own way, and what is unknown has no intervals") {
  Day day;
  day.contact(0s, "answered", 5s);
  const KeyFigures copy = day.figures;
  day.contact(1min, "answered", 5s);

  CHECK(copy.queue_total("service").answered == 1);
  CHECK(day.figures.queue_total("service").answered == 2);
  CHECK(copy.queue("sales").empty());
  CHECK(copy.agent("1001").empty());
}

TEST_CASE("intervals below a second are refused") {
  CHECK(thrown(Error::Code::invalid, [] { KeyFigures({.interval = 10ms}); }) ==
        "the interval of key figures: expected at least 1 s, got 10000 µs");
}

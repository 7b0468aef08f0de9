// SPDX-License-Identifier: Apache-2.0
#include "core/callback.hpp"

#include <set>

#include "core/restart_world.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

Overflow by_key() { return {.when = Overflow::When::key, .key = '5', .to = Overflow::To::callback}; }

QueueOptions service(CallbackTerms terms = {}) {
  QueueOptions options{.name = "service", .misses_allowed = 3, .wrap_up = 0s};
  options.overflows = {by_key()};
  options.callback = std::move(terms);
  return options;
}

/// Callers who would rather be called back, and agents with telephones.
struct BackDesk : RestartWorld {
  explicit BackDesk(QueueOptions options = service())
      : RestartWorld([options](Center& center) {
          Queue queue = center.add_queue(options);
          for (const char* id : {"1001", "1002"}) {
            AgentOptions agent;
            agent.id = id;
            agent.address = Address(std::string("sim:") + id);
            queue.add(center.add_agent(std::move(agent)));
          }
          center.serve("8000", [queue](Call call) -> Task<> {
            Queue line = queue;
            co_await call.answer();
            co_await line.serve(call, Reason("asked for a person"));
          });
        }) {
    set_phone("1001", {.rings = 2s, .behavior = speaks("1001", 30s)});
    set_phone("anna", {.rings = 3s, .behavior = speaks("anna", 600s)});
  }

  /// Notes when it is connected with somebody, and stays so long.
  SimBehavior speaks(const std::string& who, Duration lasts) {
    return [this, who, lasts](SimParty phone) -> Task<> {
      co_await phone.connected();
      connected.push_back(who);
      co_await phone.wait(lasts);
    };
  }
  void ready(const std::string& id = "1001") {
    center->agent(id).log_in();
    center->agent(id).set_ready();
  }
  Queue queue() { return center->queue("service"); }
  SimParty call(const std::string& who) {
    SimParty caller = driver->call("sim:" + who, "sim:8000", stays);
    loop.run_for(20s);
    return caller;
  }
  SimParty asks(const std::string& who, const std::string& keys = "51") {
    SimParty caller = call(who);
    for (const char key : keys) {
      caller.press(std::string(1, key));
      loop.run_for(1s);
    }
    return caller;
  }
  void check_law() {
    const QueueReport report = queue().report();
    CHECK(report.entered == report.answered + report.abandoned + report.timed_out + report.left_by_key +
                                report.callbacks + report.unreached + report.waiting);
  }

  Words connected;
};

}  // namespace

TEST_CASE("a caller who asks to be called back keeps her place and talks with the agent who has answered") {
  CallbackTerms::First first = CallbackTerms::First::agent;
  SUBCASE("agent first") {}
  SUBCASE("customer first") { first = CallbackTerms::First::customer; }
  CallbackTerms terms;
  terms.first = first;
  BackDesk desk(service(terms));
  SimParty anna = desk.call("anna");
  SimParty ben = desk.call("ben");
  anna.press("5");
  desk.loop.run_for(1s);
  anna.press("1");
  desk.loop.run_for(30s);

  CHECK_FALSE(anna.live());
  CHECK(anna.heard().back() == "Thank you. You keep your place, and we call you back. Good bye.");
  REQUIRE(desk.queue().waiting().size() == 2);
  const std::string back = desk.queue().waiting()[0];
  CHECK(desk.center->find_contact(back)->channel() == Channel::callback);
  CHECK(desk.center->find_contact(back)->reason() == "asked for a person");
  CHECK(desk.queue().report().callbacks == 1);
  desk.check_law();

  desk.ready();
  desk.loop.run_for(10s);
  CHECK(desk.connected.size() == 2);
  CHECK(desk.center->agent("1001").state() == AgentState::busy);
  desk.loop.run_for(60s);

  const ContactRecord record = desk.record_of(back);
  CHECK(record.outcome == "served");
  CHECK(record.agent == "1001");
  CHECK(record.direction == "out");
  CHECK(record.to == "sim:anna");
  CHECK(record.talked >= 29s);
  CHECK(record.talked <= 31s);
  CHECK(desk.facts(events::contact_called_back, "result") == Words{"answered"});
  CHECK(desk.facts(events::contact_closed, "outcome")[0] == "self_served");
  CHECK(desk.queue().report().answered >= 1);
  CHECK(desk.queue().report().abandoned == 0);
  desk.check_law();
}

TEST_CASE("an agent hears that the customer's telephone rings, and nobody counts that as a talk") {
  BackDesk desk;
  desk.set_phone("anna", {.rings = 20s, .behavior = desk.speaks("anna", 10s)});
  std::optional<SimParty> agent;
  desk.set_phone("1001", {.rings = 1s, .behavior = [&agent](SimParty phone) -> Task<> {
                            agent = phone;
                            co_await phone.ended();
                          }});
  desk.asks("anna");
  desk.loop.run_for(10s);
  desk.ready();
  desk.loop.run_for(10s);
  REQUIRE(agent.has_value());
  CHECK(agent->heard().size() == 1);
  CHECK(desk.entries(events::contact_connected).empty());
  CHECK(desk.center->agent("1001").state() == AgentState::busy);

  desk.loop.run_for(40s);

  const std::string back = desk.entries(events::contact_callback)[0].subject;
  CHECK(desk.record_of(back).talked == 10s);
  for (const LegRecord& leg : desk.record_of(back).legs)
    CHECK(leg.rang + leg.talked + leg.held + leg.beside == leg.ended - leg.offered);
}

TEST_CASE("a customer who does not answer is called again after a time, and not for ever") {
  CallbackTerms terms;
  terms.tries = 2;
  terms.retry_after = 5min;
  BackDesk desk(service(terms));
  SimPhone::Reaction reaction = SimPhone::Reaction::busy;
  std::string result = "busy";
  SUBCASE("busy") {}
  SUBCASE("no answer") {
    reaction = SimPhone::Reaction::rings_on;
    result = "no_answer";
  }
  desk.set_phone("anna", {.reaction = reaction});
  desk.asks("anna");
  desk.loop.run_for(10s);
  desk.ready();
  desk.loop.run_for(60s);

  CHECK(desk.facts(events::contact_called_back, "result") == Words{result});
  CHECK(desk.center->agent("1001").state() == AgentState::ready);
  CHECK(desk.queue().waiting().empty());
  CHECK(desk.queue().report().unreached == 1);
  desk.check_law();
  SUBCASE("and answers then") {
    desk.set_phone("anna", {.rings = 1s, .behavior = desk.speaks("anna", 5s)});
    desk.loop.run_for(6min);
    CHECK(desk.facts(events::contact_called_back, "result") == Words{result, "answered"});
    CHECK(desk.facts(events::contact_closed, "outcome").back() == "served");
  }
  SUBCASE("and does not again") {
    desk.loop.run_for(20min);
    CHECK(desk.facts(events::contact_called_back, "result") == Words{result, result});
    CHECK(desk.facts(events::contact_called_back, "again")[1].empty());
    CHECK(desk.facts(events::contact_closed, "outcome").back() == "unreached");
    CHECK(desk.center->find_contact(desk.entries(events::contact_callback)[0].subject) == std::nullopt);
  }
  desk.check_law();
}

TEST_CASE("an agent who does not answer, or leaves while the customer's telephone rings, costs no try") {
  BackDesk desk;
  SUBCASE("does not answer") { desk.set_phone("1001", {.reaction = SimPhone::Reaction::rejects}); }
  SUBCASE("leaves") {
    desk.set_phone("anna", {.rings = 10s, .behavior = desk.speaks("anna", 60s)});
    desk.set_phone("1001", {.rings = 1s, .behavior = talks(2s)});
  }
  desk.asks("anna");
  desk.loop.run_for(10s);
  desk.ready();
  desk.loop.run_for(6s);
  desk.center->agent("1001").set_not_ready("break");
  desk.set_phone("1002", {.rings = 1s, .behavior = desk.speaks("1002", 20s)});
  desk.ready("1002");
  desk.loop.run_for(60s);

  CHECK(desk.facts(events::contact_called_back, "result") == Words{"answered"});
  CHECK(desk.entries(events::contact_called_back)[0].data.at("tries") == Value(0));
  CHECK(desk.record_of(desk.entries(events::contact_callback)[0].subject).agent == "1002");
  desk.check_law();
}

TEST_CASE("a customer who was promised a call is called by the next run of the program") {
  CallbackTerms terms;
  terms.retry_after = 5min;
  BackDesk desk(service(terms));
  SUBCASE("it was killed while she waited") {
    desk.asks("anna");
    desk.loop.run_for(10s);
    const Words before = desk.queue().waiting();
    desk.kill();
    CHECK(desk.queue().waiting() == before);
    CHECK(desk.queue().report().entered == 2);
  }
  SUBCASE("it was stopped while she waited") {
    desk.asks("anna");
    desk.loop.run_for(10s);
    desk.stop();
  }
  SUBCASE("it was killed while her telephone rang") {
    desk.set_phone("anna", {.rings = 20s});
    desk.asks("anna");
    desk.loop.run_for(10s);
    desk.ready();
    desk.loop.run_for(10s);
    desk.set_phone("anna", {.rings = 3s, .behavior = desk.speaks("anna", 600s)});
    desk.kill();
  }
  SUBCASE("it was stopped while her telephone rang") {
    desk.set_phone("anna", {.rings = 20s});
    desk.asks("anna");
    desk.loop.run_for(10s);
    desk.ready();
    desk.loop.run_for(10s);
    desk.set_phone("anna", {.rings = 3s, .behavior = desk.speaks("anna", 600s)});
    desk.stop();
  }
  SUBCASE("it was killed between two calls to her") {
    desk.set_phone("anna", {.reaction = SimPhone::Reaction::busy});
    desk.asks("anna");
    desk.loop.run_for(10s);
    desk.ready();
    desk.loop.run_for(20s);
    desk.set_phone("anna", {.rings = 3s, .behavior = desk.speaks("anna", 600s)});
    desk.kill();
    CHECK(desk.queue().waiting().empty());
  }
  desk.ready();
  desk.loop.run_for(6min);

  CHECK(std::set<std::string>(desk.connected.begin(), desk.connected.end()) ==
        std::set<std::string>{"1001", "anna"});
  const std::string back = desk.entries(events::contact_callback)[0].subject;
  CHECK(desk.record_of(back).outcome == "served");
  CHECK(desk.entries(events::contact_closed).back().subject == back);
  desk.check_law();
}

TEST_CASE("a caller who has pressed the key and hangs up is called at her own number") {
  BackDesk desk;
  SimParty anna = desk.asks("anna", "5");
  anna.hang_up();
  desk.loop.run_for(1s);

  CHECK(desk.queue().report().callbacks == 1);
  CHECK(desk.queue().report().abandoned == 0);
  CHECK(desk.center->find_contact(desk.queue().waiting()[0])->to() == Address("sim:anna"));
}

TEST_CASE("a caller who would rather stay has her place again") {
  BackDesk desk;
  SimParty anna = desk.call("anna");
  SimParty ben = desk.call("ben");
  const Words before = desk.queue().waiting();
  anna.press("5");
  desk.loop.run_for(2s);
  desk.ready();
  CHECK(desk.facts(events::contact_assigned, "agent").size() == 1);
  desk.center->agent("1001").set_not_ready("break");
  anna.press("*");
  desk.loop.run_for(2s);

  CHECK(anna.live());
  CHECK(desk.queue().waiting() == Words{before[0]});
  CHECK(desk.queue().report().entered == 2);
  CHECK(desk.entries(events::contact_callback).empty());
}

TEST_CASE("only numbers that the queue grants are called, and none twice") {
  CallbackTerms terms;
  terms.numbers = {"030", "+49"};
  BackDesk desk(service(terms));
  Queue queue = desk.queue();
  const auto refusal = [&queue](const char* to) {
    return thrown(Error::Code::refused, [&] { queue.call_back({.to = Address(to)}); });
  };
  queue.call_back({.to = Address("sim:030123")});

  CHECK(refusal("sim:0900123") ==
        "queue 'service': the number 0900123 begins with none of what callback.numbers grants");
  CHECK(refusal("sim:anonymous") == "queue 'service': a caller without a number cannot be called back");
  CHECK(refusal("sim:030-123") == "queue 'service': the number 030123 is to be called back already");
  SimParty anna = desk.asks("anna", "5");
  anna.press("0900123#");
  desk.loop.run_for(3s);
  CHECK(anna.live());
  CHECK(std::count(anna.heard().begin(), anna.heard().end(), "We cannot call this number.") == 1);
  CHECK(desk.entries(events::contact_callback).size() == 1);
  for (const char* key : {"0", "3", "0", "7", "7", "#"}) {
    anna.press(key);
    desk.loop.run_for(100ms);
  }
  desk.loop.run_for(20s);
  CHECK(desk.entries(events::contact_callback).back().data.at("number").text() == "03077");
}

TEST_CASE("a customer is called at the time she has chosen, before others, and within the hours only") {
  CallbackTerms terms;
  terms.hours.emplace();
  terms.hours->open("Mon-Sun 09:00-17:00");
  BackDesk desk(service(terms));
  // The simulated clock begins at midnight; the loop is brought to 10:00 of the next day.
  const WallTime now = desk.loop.wall_time();
  const WallTime ten = *terms.hours->next_opening(now + 24h) + 1h;
  desk.loop.run_for(ten - now);
  Queue queue = desk.queue();
  CHECK(thrown(Error::Code::invalid, [&] {
          queue.call_back({.to = Address("sim:zoe"), .at = ten + 12h});
        }).ends_with("is out of the hours at which it calls back"));
  SimParty anna = desk.asks("anna", "512");
  for (const char* key : {"2", "2", "0", "0"}) {
    anna.press(key);
    desk.loop.run_for(200ms);
  }
  desk.loop.run_for(10s);
  CHECK(std::count(anna.heard().begin(), anna.heard().end(), "Nobody is there at that time.") == 1);
  for (const char* key : {"1", "1", "3", "0"}) {
    anna.press(key);
    desk.loop.run_for(200ms);
  }
  desk.loop.run_for(20s);
  CHECK_FALSE(anna.live());
  CHECK(desk.queue().waiting().empty());

  SUBCASE("") {}
  SUBCASE("the program is killed in between") { desk.kill(); }
  desk.loop.run_for(ten + 85min - desk.loop.wall_time());
  SimParty ben = desk.call("ben");
  const std::string first = desk.queue().waiting()[0];
  desk.loop.run_for(5min);

  REQUIRE(desk.queue().waiting().size() == 2);
  CHECK(desk.queue().waiting()[1] == first);
}

TEST_CASE("whoever finds the queue full, closed by overflow or too slow is offered to be called back") {
  QueueOptions options = service();
  options.overflows = {{.when = Overflow::When::nobody, .to = Overflow::To::callback},
                       {.when = Overflow::When::waited, .after = 60s, .to = Overflow::To::callback}};
  BackDesk desk(options);
  SUBCASE("nobody is logged in") {
    SimParty anna = desk.asks("anna", "1");
    desk.loop.run_for(10s);
    CHECK_FALSE(anna.live());
    CHECK(desk.queue().report().refused == 1);
  }
  SUBCASE("too long a wait") {
    desk.ready();
    desk.center->agent("1001").set_not_ready("break");
    SimParty anna = desk.call("anna");
    desk.loop.run_for(50s);
    anna.press("1");
    desk.loop.run_for(10s);
    CHECK_FALSE(anna.live());
    CHECK(desk.queue().report().callbacks == 1);
  }
  REQUIRE(desk.queue().waiting().size() == 1);
  CHECK(desk.center->find_contact(desk.queue().waiting()[0])->to().uri == "sim:anna");
  desk.check_law();
}

TEST_CASE("a callback is called off before its time") {
  BackDesk desk;
  Contact back =
      desk.queue().call_back({.to = "sim:anna", .from = "sim:8000", .at = desk.loop.wall_time() + 10min});
  desk.loop.run_for(1min);

  back.close();
  desk.loop.run_for(1s);

  CHECK(desk.record_of(back.id()).outcome == "abandoned");
  CHECK(desk.queue().report().entered == 0);
}

TEST_CASE("a callback is called off by closing its contact") {
  BackDesk desk;
  desk.asks("anna");
  desk.loop.run_for(10s);
  const std::string back = desk.queue().waiting()[0];
  SUBCASE("while it waits") {}
  SUBCASE("while the customer's telephone rings") {
    desk.set_phone("anna", {.rings = 20s});
    desk.ready();
    desk.loop.run_for(8s);
  }
  desk.center->find_contact(back)->close();
  desk.loop.run_for(1s);

  CHECK(desk.record_of(back).outcome == "abandoned");
  CHECK(desk.queue().waiting().empty());
  CHECK(desk.center->agent("1001").contacts().empty());
  CHECK(desk.queue().report().abandoned == 1);
}

TEST_CASE("terms of callbacks that cannot be are refused") {
  const auto refusal = [](QueueOptions options) {
    World world;
    return thrown(Error::Code::invalid, [&] { world.center.add_queue(options); });
  };
  QueueOptions without = service();
  without.callback.reset();
  QueueOptions never = service(), hasty = service(), odd = service();
  never.callback->tries = 0;
  hasty.callback->ring_time = 5s;
  odd.callback->numbers = {"abc"};

  CHECK(refusal(without) ==
        "queue 'service': an overflow leads to a callback, but there are no callback terms");
  CHECK(refusal(never) == "queue 'service': callback.tries: expected at least 1, got 0");
  CHECK(refusal(hasty) ==
        "queue 'service': callback.ring_time: expected at least 15 s, which people need to come to the "
        "telephone");
  CHECK(refusal(odd) ==
        "queue 'service': callback.numbers: expected what numbers begin with, such as \"+49\", got \"abc\"");
}

TEST_CASE("times of day are found by the clocks of the place, through the change to summer time") {
  OpeningHours berlin;
  berlin.set_zone("Europe/Berlin");
  const WallTime before = parse_wall_time("2026-03-28T20:00:00.000Z");

  CHECK(next_at(berlin, before, "1430") == parse_wall_time("2026-03-29T12:30:00.000Z"));
  CHECK(next_at(berlin, before, "2200") == parse_wall_time("2026-03-28T21:00:00.000Z"));
  for (const char* wrong : {"2460", "9999", "143", "1a30", ""})
    CHECK(next_at(berlin, before, wrong) == std::nullopt);
}

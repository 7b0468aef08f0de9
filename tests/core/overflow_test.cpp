// SPDX-License-Identifier: Apache-2.0
#include "core/overflow.hpp"

#include "core/world.hpp"
#include "thrown.hpp"

namespace vcsr {

using namespace testing;

namespace {

/// A line of its own for callers of 8000, with an agent who is logged out, and a second queue.
struct House : World {
  explicit House(std::vector<Overflow> overflows, std::size_t limit = 500)
      : queue(center.add_queue({.name = "service", .limit = limit, .overflows = std::move(overflows)})),
        second(center.add_queue({.name = "second"})) {
    center.add_mailbox({.name = "messages", .review = false});
    center.serve("8000", [this](Call call) -> Task<> {
      co_await call.answer();
      const Served result = co_await queue.serve(call, Reason("help"));
      served.push_back(result);
    });
  }

  /// Everybody who was offered to a queue is accounted for.
  static void check_conservation(const QueueReport& report) {
    std::size_t flowed = 0;
    for (const auto& [why, count] : report.flowed_out) flowed += count;
    CHECK(report.entered == report.answered + report.abandoned + report.timed_out + report.left_by_key +
                                report.deserted + report.waiting);
    CHECK(flowed == report.timed_out + report.left_by_key + report.deserted + report.refused);
  }

  Queue queue, second;
  std::vector<Served> served;
};

Overflow to_second(Overflow::When when, Duration after = {}) {
  return {.when = when, .after = after, .to = Overflow::To::queue, .target = "second"};
}

}  // namespace

TEST_CASE("who has waited long enough goes to another queue and is served there") {
  House house({to_second(Overflow::When::waited, 60s)});
  house.agent_in(house.second, "1001", {.behavior = talks(30s)});

  house.caller("anna", stays);
  house.loop.run_for(5min);

  REQUIRE(house.served.size() == 1);
  CHECK(house.served[0].result == Served::Result::served);
  CHECK(house.served[0].queue == "second");
  CHECK(house.served[0].agent == "1001");
  CHECK(house.served[0].waited >= 60s);
  CHECK(house.queue.report().flowed_out.at("waited") == 1);
  CHECK(house.outcomes() == std::vector<std::string>{"served"});
  const JournalEntry entry = house.entries(events::contact_overflowed).at(0);
  CHECK(entry.data.at("when") == Value("waited"));
  CHECK(entry.data.at("target") == Value("second"));
  House::check_conservation(house.queue.report());
  House::check_conservation(house.second.report());
}

TEST_CASE("a full queue sends who comes next to another") {
  House house({to_second(Overflow::When::full)}, 1);

  house.caller("anna", stays);
  house.caller("ben", stays);
  house.loop.run_for(10s);

  CHECK(house.queue.report().waiting == 1);
  CHECK(house.second.report().waiting == 1);
  CHECK(house.queue.report().refused == 1);
  House::check_conservation(house.queue.report());
}

TEST_CASE("where nobody is logged in a message is taken at once; who rests is logged in") {
  House house({{.when = Overflow::When::nobody, .to = Overflow::To::mailbox, .target = "messages"}});
  house.caller("anna", [](SimParty anna) -> Task<> {
    co_await anna.answered();
    co_await anna.wait(30s);
  });
  house.loop.run_for(60s);
  CHECK(house.center.mailbox("messages").messages().size() == 1);
  CHECK(house.queue.report().flowed_out.at("nobody") == 1);
  CHECK(house.queue.report().entered == 0);

  Agent agent = house.agent_in(house.queue, "1001");
  agent.set_not_ready("lunch");
  house.caller("ben", stays);
  house.loop.run_for(10s);
  CHECK(house.queue.report().waiting == 1);
}

TEST_CASE("a wait that is predicted to be too long is spared") {
  House house({{.when = Overflow::When::long_wait, .after = 100s, .target = "welcome"}});
  Queue slow = house.center.add_queue(
      {.name = "slow",
       .handling_time = 120s,
       .overflows = {{.when = Overflow::When::long_wait, .after = 200s, .target = "welcome"}}});
  house.center.serve("9000", [&slow, &house](Call call) -> Task<> {
    co_await call.answer();
    const Served result = co_await slow.serve(call, Reason("help"));
    house.served.push_back(result);
  });
  house.agent_in(slow, "1001", {.behavior = talks(10min)});
  for (const char* name : {"anna", "ben"}) {
    house.caller(name, stays, "sim:9000");
    house.loop.run_for(5s);
  }

  SimParty carl = house.caller("carl", stays, "sim:9000");
  house.loop.run_for(20s);

  REQUIRE(house.served.size() == 1);
  CHECK(house.served[0].result == Served::Result::overflowed);
  CHECK(carl.heard() == std::vector<std::string>{"Welcome to the bank."});
  CHECK(slow.report().flowed_out.at("long_wait") == 1);
  CHECK(slow.report().waiting == 1);
  House::check_conservation(slow.report());
}

TEST_CASE("who presses the key while waiting leaves the queue, and is not counted as abandoned") {
  House house({{.when = Overflow::When::key, .key = '1', .target = "welcome"}});

  SimParty anna = house.caller("anna", [](SimParty self) -> Task<> {
    co_await self.answered();
    co_await self.wait(10s);
    self.press("21");
    co_await self.ended();
  });
  house.loop.run_for(60s);

  REQUIRE(house.served.size() == 1);
  CHECK(house.served[0].result == Served::Result::overflowed);
  CHECK(house.served[0].waited == 10100ms);
  CHECK(anna.heard().back() == "Welcome to the bank.");
  const QueueReport report = house.queue.report();
  CHECK(report.left_by_key == 1);
  CHECK(report.abandoned == 0);
  CHECK(house.entries(events::contact_left_queue).at(0).data.at("result") == Value("key"));
  House::check_conservation(report);
}

TEST_CASE("an offer ends when the customer presses the key while it rings") {
  House house({{.when = Overflow::When::key, .key = '#', .target = "welcome"}});
  Agent agent = house.agent_in(house.queue, "1001", {.reaction = SimPhone::Reaction::rings_on});

  house.caller("anna", [](SimParty self) -> Task<> {
    co_await self.answered();
    co_await self.wait(5s);
    self.press("#");
    co_await self.ended();
  });
  house.loop.run_for(8s);

  CHECK(agent.state() == AgentState::ready);
  CHECK(house.entries(events::offer_ended).at(0).data.at("result") == Value("withdrawn"));
}

TEST_CASE("a contact comes to no queue twice, whatever the rules say") {
  House house({to_second(Overflow::When::waited, 10s)});
  Queue third = house.center.add_queue(
      {.name = "third",
       .overflows = {
           {.when = Overflow::When::waited, .after = 10s, .to = Overflow::To::queue, .target = "fourth"}}});
  house.center.add_queue(
      {.name = "fourth",
       .overflows = {
           {.when = Overflow::When::waited, .after = 10s, .to = Overflow::To::queue, .target = "third"}}});
  house.center.serve("9000", [&third, &house](Call call) -> Task<> {
    co_await call.answer();
    const Served result = co_await third.serve(call, Reason("help"));
    house.served.push_back(result);
  });

  house.caller("anna", stays, "sim:9000");
  house.loop.run_for(60s);

  REQUIRE(house.served.size() == 1);
  CHECK(house.served[0].result == Served::Result::timed_out);
  CHECK(house.served[0].queue == "fourth");
  CHECK(house.served[0].waited == 20s);
  CHECK(house.outcomes() == std::vector<std::string>{"unserved"});
}

TEST_CASE("who waits when the last agent logs out or leaves the queue is not left there") {
  House house({to_second(Overflow::When::nobody)});
  Agent one = house.agent_in(house.queue, "1001", {.behavior = talks(10min)});
  Agent two = house.agent_in(house.queue, "1002");
  two.set_not_ready("lunch");
  for (const char* name : {"anna", "ben", "carl"}) house.caller(name, stays);
  house.loop.run_for(10s);
  REQUIRE(house.queue.report().waiting == 2);

  one.log_out();
  SUBCASE("logs out") { two.log_out(); }
  SUBCASE("leaves the queue") { house.queue.remove(two); }
  house.loop.run_for(1s);
  CHECK(house.queue.report().waiting == 2);
  // At the end of the talk and of the notes about it.
  house.loop.run_for(12min);

  const QueueReport report = house.queue.report();
  CHECK(report.deserted == 2);
  CHECK(report.flowed_out.at("nobody") == 2);
  CHECK(house.second.waiting().size() == 2);
  CHECK(house.entries(events::contact_overflowed).at(0).data.at("when") == Value("nobody"));
  House::check_conservation(report);
}

TEST_CASE("an agent who comes in the moment in which the last one goes has who waits") {
  House house({to_second(Overflow::When::nobody)});
  Agent one = house.agent_in(house.queue, "1001");
  one.set_not_ready("lunch");
  house.caller("anna", stays);
  house.loop.run_for(5s);

  one.log_out();
  Agent two = house.agent_in(house.queue, "1002", {.behavior = talks(10s)});
  house.loop.run_for(60s);

  CHECK(house.queue.report().answered == 1);
  CHECK(house.queue.report().deserted == 0);
}

TEST_CASE("who calls when the queue is closed is told so, and the call ends as closed") {
  World world;
  Queue queue = world.center.add_queue(
      {.name = "service",
       .overflows = {{.when = Overflow::When::closed, .to = Overflow::To::closed, .target = "welcome"}},
       .open = [](WallTime) { return false; }});
  world.center.serve("8000", [&queue](Call call) -> Task<> {
    co_await call.answer();
    co_await queue.serve(call, Reason("help"));
    co_await call.say("menu");
  });
  Agent agent = world.agent_in(queue, "1001");

  SimParty anna = world.caller("anna", stays);
  world.loop.run();

  CHECK(anna.heard() == std::vector<std::string>{"Welcome to the bank."});
  CHECK(world.outcomes() == std::vector<std::string>{"closed"});
  CHECK(agent.state() == AgentState::ready);
  CHECK(queue.report().flowed_out.at("closed") == 1);
  CHECK(queue.report().refused == 1);
  CHECK(world.entries(events::contact_left_queue).at(0).data.at("result") == Value("closed"));
}

TEST_CASE("a queue that closes serves who waits already, and one without a rule turns others away") {
  World world;
  bool open = true;
  Queue queue = world.center.add_queue({.name = "service", .open = [&open](WallTime) { return open; }});
  std::vector<Served> served;
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    const Served result = co_await queue.serve(call, Reason("help"));
    served.push_back(result);
  });
  world.caller("anna", stays);
  world.loop.run_for(1s);
  open = false;
  world.caller("ben", stays);
  world.loop.run_for(1s);

  REQUIRE(served.size() == 1);
  CHECK(served[0].result == Served::Result::closed);
  world.agent_in(queue, "1001", {.behavior = talks(10s)});
  world.loop.run();
  CHECK(served.back().result == Served::Result::served);
  CHECK(world.outcomes() == std::vector<std::string>{"unserved", "served"});
}

namespace {

Task<> serve(Queue queue, Contact contact, std::vector<Served>& served) {
  const Served result = co_await queue.serve(contact);
  served.push_back(result);
}

}  // namespace

TEST_CASE("contacts without a call go to another queue or are closed; other rules are not for them") {
  House house({to_second(Overflow::When::waited, 60s)});
  Queue voice = house.center.add_queue({.name = "voice",
                                        .overflows = {{.when = Overflow::When::waited,
                                                       .after = 60s,
                                                       .to = Overflow::To::mailbox,
                                                       .target = "messages"}}});
  Queue day = house.center.add_queue(
      {.name = "day", .overflows = {{.when = Overflow::When::nobody, .to = Overflow::To::closed}}});
  Scope serving(house.loop);
  std::vector<Contact> mails;
  for (const Queue& queue : {house.queue, voice, day}) {
    mails.push_back(house.center.open({.channel = Channel::email, .from = "mailto:anna@example.org"}));
    serving.spawn(serve(queue, mails.back(), house.served));
  }

  house.loop.run_for(10min);

  CHECK(house.second.waiting() == std::vector<std::string>{mails[0].id()});
  CHECK(voice.waiting() == std::vector<std::string>{mails[1].id()});
  REQUIRE(house.served.size() == 1);
  CHECK(house.served[0].result == Served::Result::overflowed);
  REQUIRE(mails[2].closed());
  CHECK(mails[2].outcome() == Outcome::closed);
  House::check_conservation(house.queue.report());
}

TEST_CASE("rules that contradict themselves are refused with what is wrong") {
  const auto refusal = [](std::vector<Overflow> overflows) {
    return thrown(Error::Code::invalid, [&] { require_overflows({.name = "q", .overflows = overflows}); });
  };

  CHECK(refusal({{.when = Overflow::When::waited, .target = "sorry"}}) ==
        "queue 'q': overflow: \"waited\" needs a time: after");
  CHECK(refusal({{.when = Overflow::When::full, .after = 1s, .target = "sorry"}}) ==
        "queue 'q': overflow: \"full\" has no time: after");
  CHECK(refusal({{.when = Overflow::When::key, .key = 'x', .target = "sorry"}}) ==
        "queue 'q': overflow: \"key\" needs a key: 0-9, * or #");
  CHECK(refusal({{.when = Overflow::When::full}}) == "queue 'q': overflow: \"full\" leads nowhere");
  CHECK(refusal({{.when = Overflow::When::full, .to = Overflow::To::queue, .target = "q"}}) ==
        "queue 'q': overflow: leads back to the queue itself");
  CHECK(refusal({to_second(Overflow::When::full), to_second(Overflow::When::full)}) ==
        "queue 'q': overflow: there is more than one for \"full\"");
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/parking.hpp"

#include "core/desk_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

CenterOptions with_slots(ParkingOptions parking = {.slots = {"701", "702"}}) {
  CenterOptions options;
  options.music = "music";
  options.pickup_code = "*8";
  options.parking = std::move(parking);
  return options;
}

/// Anna talks with agent 1001 over the queue "service"; 1002 stands by in it, 1003 in another one.
struct ServiceDesk : World {
  explicit ServiceDesk(ParkingOptions parking = {.slots = {"701", "702"}})
      : World(with_slots(std::move(parking))),
        service(center.add_queue({.name = "service", .wrap_up = 5s})),
        sales(center.add_queue({.name = "sales", .wrap_up = 5s})) {
    center.serve("8000", [this](Call arrived) -> Task<> {
      call = arrived;
      co_await arrived.answer();
      Queue queue = service;
      served = co_await queue.serve(arrived, Reason("asked"));
      co_await arrived.say("welcome");
    });
  }

  Agent desk(Queue queue, const std::string& id, Duration rings = 2s) {
    return agent_in(queue, id, {.rings = rings, .behavior = [this, id](SimParty phone) -> Task<> {
                                  phones.insert_or_assign(id, phone);
                                  co_await phone.ended();
                                }});
  }
  void arrive(Duration passes = 5s) {
    anna = caller("anna", stays);
    loop.run_for(passes);
  }
  Reached finish(Task<Reached> task) {
    std::optional<Reached> result;
    operations.spawn(DeskWorld::keep(std::move(task), &result));
    for (int second = 0; second < 60 && !result; ++second) loop.run_for(1s);
    REQUIRE(result.has_value());
    return *result;
  }
  std::size_t music() {
    return static_cast<std::size_t>(std::count(anna->heard().begin(), anna->heard().end(), "la la la"));
  }
  std::string last(const char* type, const char* key) { return entries(type).back().data.at(key).text(); }
  ContactRecord record() {
    std::optional<std::optional<ContactRecord>> record;
    operations.spawn(DeskWorld::keep(customers->contact(call->id()), &record));
    loop.run_for(1s);
    REQUIRE(record.has_value());
    REQUIRE(record->has_value());
    return **record;
  }
  ContactRecord leave() {
    anna->hang_up();
    loop.run();
    CHECK(center.calls() == 0);
    const ContactRecord left = record();
    check_sums(left);
    return left;
  }

  Queue service, sales;
  std::optional<Call> call;
  std::optional<Served> served;
  std::optional<SimParty> anna;
  std::map<std::string, SimParty> phones;
  Scope operations{loop, [](std::exception_ptr) {}};
};

std::string refusal_of(Loop& loop, Task<Reached> task) {
  std::string why = "done";
  Scope scope(loop);
  const auto keep = [](Task<Reached> refused, std::string& said) -> Task<> {
    try {
      co_await std::move(refused);
    } catch (const Error& error) {
      said = error.what();
    }
  };
  scope.spawn(keep(std::move(task), why));
  return why;
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a customer who is parked hears music until another agent picks her up") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001");
  world.arrive();
  Agent two = world.desk(world.sales, "1002");

  CHECK(world.call->parties().park() == "701");
  world.loop.run_for(10s);

  CHECK(world.music() == 1);
  CHECK_FALSE(world.phones.at("1001").live());
  CHECK(one.state() == AgentState::ready);
  CHECK_FALSE(world.served.has_value());
  REQUIRE(world.center.parked().size() == 1);
  CHECK(world.center.parked()[0].slot == "701");
  CHECK(world.center.parked()[0].agent == "1001");
  CHECK(world.center.parked()[0].contact == world.call->id());
  CHECK(world.call->parties().all().size() == 1);

  CHECK(world.finish(world.center.parked_call("701").parties().pick_up(two)) == Reached::answered);
  world.loop.run_for(10s);

  CHECK(two.state() == AgentState::busy);
  CHECK(world.center.parked().empty());
  CHECK(world.last(events::contact_unparked, "result") == "picked_up");
  const ContactRecord record = world.leave();
  CHECK(record.agent == "1002");
  REQUIRE(record.legs.size() == 3);
  CHECK(record.legs[0].beside >= 10s);
  CHECK(record.legs[2].talked >= 10s);
  CHECK(two.state() == AgentState::ready);
}

TEST_CASE("a customer whom nobody picks up comes back to who parked her") {
  ServiceDesk world({.slots = {"701"}, .limit = 60s});
  Agent one = world.desk(world.service, "1001");
  world.arrive();

  world.call->parties().park({.slot = "701"});
  world.loop.run_for(59s);
  CHECK(world.center.parked().size() == 1);
  world.loop.run_for(10s);

  CHECK(world.center.parked().empty());
  CHECK(world.last(events::contact_unparked, "result") == "returned");
  CHECK(one.state() == AgentState::busy);
  CHECK(world.leave().legs.size() == 3);
}

TEST_CASE("who parked her does not come: she waits in a queue again, and is served") {
  ServiceDesk world({.slots = {"701"}, .limit = 30s, .queue = "sales"});
  Agent one = world.desk(world.service, "1001");
  world.arrive();
  world.call->parties().park();
  world.driver->set_phone("1001", {.reaction = SimPhone::Reaction::busy});
  one.log_out();

  world.loop.run_for(60s);
  CHECK(world.last(events::contact_unparked, "result") == "queued");
  CHECK(world.sales.waiting() == std::vector<std::string>{world.call->id()});
  CHECK_FALSE(world.served.has_value());
  Agent three = world.desk(world.sales, "1003");
  world.loop.run_for(10s);

  CHECK(three.state() == AgentState::busy);
  world.phones.at("1003").hang_up();
  world.loop.run();
  CHECK(world.served.has_value());
  CHECK(world.record().agent == "1003");
  check_sums(world.record());
}

TEST_CASE("without any queue the dialogue goes on with a customer whom nobody picked up") {
  DeskWorld world(with_slots({.slots = {"701"}, .limit = 30s}));
  world.call->parties().park();
  world.driver->set_phone("1001", {.reaction = SimPhone::Reaction::rings_on});

  world.loop.run_for(49s);
  CHECK_FALSE(world.talk_over);
  world.loop.run_for(2s);

  CHECK(world.talk_over);
  CHECK(world.entries(events::contact_unparked).back().data.at("result").text() == "unanswered");
  world.loop.run();
  check_sums(world.record());
}

TEST_CASE("a customer may leave while she is parked") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001");
  world.arrive();
  world.call->parties().park();
  world.loop.run_for(20s);

  const ContactRecord record = world.leave();

  CHECK(world.last(events::contact_unparked, "result") == "abandoned");
  CHECK(record.outcome == "served");
  CHECK(one.state() == AgentState::ready);
}

TEST_CASE("of two who pick up the first has the customer, and the other is let go") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001");
  world.arrive();
  Agent slow = world.desk(world.sales, "1002", 5s);
  Agent fast = world.desk(world.sales, "1003", 2s);
  world.call->parties().park();
  std::optional<Reached> first, second;

  world.operations.spawn(DeskWorld::keep(world.call->parties().pick_up(slow), &first));
  world.operations.spawn(DeskWorld::keep(world.call->parties().pick_up(fast), &second));
  world.loop.run_for(20s);

  CHECK(first == Reached::no_answer);
  CHECK(second == Reached::answered);
  CHECK(slow.state() == AgentState::ready);
  CHECK(fast.state() == AgentState::busy);
  world.leave();
}

TEST_CASE("slots are those of the center, and each takes one customer") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001");
  world.arrive();
  Parties parties = world.call->parties();

  CHECK(refusal_of([&] { parties.park({.slot = "799"}); }, Error::Code::not_found) ==
        "there is no parking slot '799'; there are: 701, 702");
  CHECK(contains(refusal_of([&] { parties.park({.queue = "none"}); }, Error::Code::not_found),
                 "there is no queue 'none'; there are: sales, service"));
  parties.park({.slot = "702"});
  CHECK(contains(refusal_of([&] { parties.park(); }), "talks with nobody"));
  CHECK(refusal_of([&] { world.center.parked_call("701"); }, Error::Code::not_found) ==
        "nobody is parked in slot '701'; somebody is in: 702");
  CHECK(contains(refusal_of([&] { world.center.parked_call("1"); }, Error::Code::not_found),
                 "there are: 701, 702"));

  const Call first = *world.call;
  world.desk(world.service, "1002");
  world.arrive();
  REQUIRE(world.call->id() != first.id());
  CHECK(refusal_of([&] { world.call->parties().park({.slot = "702"}); }) ==
        "parking slot '702' is taken; free are: 701");
  CHECK(world.call->parties().park() == "701");
}

TEST_CASE("a center without slots parks nobody and says how to have some") {
  DeskWorld world;

  CHECK(contains(refusal_of([&] { world.call->parties().park(); }), "CenterOptions::parking names no slots"));
}

TEST_CASE("a telephone that transfers its customer to a slot parks her, and one that dials it has her") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001");
  world.arrive();
  Agent two = world.desk(world.sales, "1002");

  world.phones.at("1001").ask_transfer("sim:702");
  world.loop.run_for(3s);
  CHECK(world.center.parked().at(0).slot == "702");
  CHECK(world.music() == 1);

  SUBCASE("an agent") {
    SimParty desk = world.driver->call("sim:1002", "sim:702", stays);
    world.loop.run_for(5s);

    CHECK(world.center.parked().empty());
    CHECK(two.state() == AgentState::busy);
    const std::size_t before = desk.digits().size();
    world.anna->press("5");
    world.loop.run_for(1s);
    CHECK(desk.digits().size() == before + 1);
    CHECK(world.leave().agent == "1002");
    CHECK_FALSE(desk.live());
  }
  SUBCASE("somebody else is refused") {
    SimParty stranger = world.driver->call("sim:mallory", "sim:702", stays);
    world.loop.run_for(5s);
    CHECK(stranger.cause() == Cause::rejected);
    CHECK(world.center.parked().size() == 1);
  }
  SUBCASE("an agent who dials an empty one") {
    SimParty desk = world.driver->call("sim:1002", "sim:701", stays);
    world.loop.run_for(5s);
    CHECK(desk.cause() == Cause::not_found);
  }
}

TEST_CASE("an agent picks up what rings at a colleague's, who is free at once") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001", 15s);
  world.arrive();
  Agent two = world.desk(world.service, "1002");
  REQUIRE(one.state() == AgentState::reserved);

  Call ringing = world.center.ringing_call(one);
  CHECK(world.finish(ringing.parties().pick_up(two)) == Reached::answered);
  world.loop.run_for(10s);

  CHECK(one.state() == AgentState::ready);
  CHECK(two.state() == AgentState::busy);
  CHECK(world.last(events::offer_ended, "result") == "picked_up");
  const ContactRecord record = world.leave();
  CHECK(record.agent == "1002");
  CHECK(record.legs[1].talked == 0s);
  CHECK(record.legs[2].talked >= 10s);
  CHECK(world.entries(events::agent_state).back().data.at("before").text() == "wrap_up");
  CHECK(two.state() == AgentState::ready);
}

TEST_CASE("whoever answers first has the customer, also when it is the one to whom she was offered") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001", 8s);
  world.arrive();
  Agent two = world.desk(world.service, "1002", 15s);

  CHECK(world.finish(world.call->parties().pick_up(two)) == Reached::no_answer);

  CHECK(one.state() == AgentState::busy);
  CHECK(two.state() == AgentState::ready);
  CHECK(world.leave().agent == "1001");
}

TEST_CASE("what rings is picked up by agents of the same queue and by those who may") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001", 15s);
  Agent stranger = world.desk(world.sales, "1003");
  world.driver->set_phone("chief", {});
  Agent chief =
      world.center.add_agent({.id = "chief", .name = "Chief", .address = "sim:chief", .picks_up = {"*"}});
  CHECK(refusal_of([&] { world.center.ringing_call(one); }) == "no call rings at agent 1001");
  world.arrive();
  Parties parties = world.call->parties();

  CHECK(refusal_of(world.loop, parties.pick_up(stranger)) ==
        "agent 1003 may not pick up what rings at agent 1001: they have no queue in common; see "
        "AgentOptions::picks_up");
  CHECK(contains(refusal_of(world.loop, parties.pick_up(one)), "rings at agent 1001 already"));
  CHECK(contains(refusal_of(world.loop, parties.pick_up(chief)), "logged out"));
  chief.log_in();
  CHECK(world.finish(parties.pick_up(chief)) == Reached::answered);
  CHECK(contains(refusal_of(world.loop, parties.pick_up(stranger)), "nothing to pick up"));

  CHECK(chief.state() == AgentState::busy);
  world.leave();
  CHECK(chief.state() == AgentState::not_ready);
}

TEST_CASE("a colleague's telephone takes over a talk: the agent has time for notes, the colleague is busy") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001");
  world.arrive();
  world.loop.run_for(10s);
  Agent two = world.desk(world.service, "1002");

  world.driver->replace(world.phones.at("1001"), "sim:1002", stays);
  world.loop.run_for(1s);

  CHECK(one.state() == AgentState::wrap_up);
  CHECK(two.state() == AgentState::busy);
  world.loop.run_for(10s);
  CHECK(one.state() == AgentState::ready);
  CHECK(two.state() == AgentState::busy);
  const ContactRecord record = world.leave();
  CHECK(record.agent == "1002");
  CHECK(two.state() == AgentState::ready);
}

TEST_CASE("a telephone that dials the code has the call that rings longest at a colleague's") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001", 25s);
  Agent two = world.desk(world.service, "1002", 25s);
  SimParty first = world.caller("anna", stays);
  world.loop.run_for(5s);
  SimParty second = world.caller("bert", stays);
  world.loop.run_for(5s);
  REQUIRE(one.state() == AgentState::reserved);
  REQUIRE(two.state() == AgentState::reserved);
  Agent three = world.desk(world.service, "1003");

  SimParty desk = world.driver->call("sim:1003", "sim:*8", stays);
  world.loop.run_for(2s);

  CHECK(three.state() == AgentState::busy);
  CHECK(one.state() == AgentState::ready);
  CHECK(two.state() == AgentState::reserved);
  first.press("5");
  world.loop.run_for(1s);
  CHECK(desk.digits() == "5");
  CHECK(world.last(events::offer_ended, "result") == "picked_up");
  desk.hang_up();
  world.loop.run_for(1s);
  CHECK(three.state() == AgentState::wrap_up);
  CHECK(world.outcomes() == std::vector<std::string>{"transferred"});
  second.hang_up();
  world.loop.run();
  CHECK(world.center.calls() == 0);
}

TEST_CASE("the code is refused where nothing rings, and to those who may not pick up") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001", 25s);
  Agent other = world.desk(world.sales, "1003");
  const auto dial = [&world](const char* from) {
    SimParty desk = world.driver->call(from, "sim:*8", stays);
    world.loop.run_for(2s);
    CHECK_FALSE(desk.live());
    return desk.cause();
  };
  CHECK(dial("sim:1003") == Cause::not_found);
  world.arrive();
  REQUIRE(one.state() == AgentState::reserved);

  CHECK(dial("sim:1003") == Cause::not_found);
  CHECK(dial("sim:mallory") == Cause::rejected);
  other.log_out();
  CHECK(dial("sim:1003") == Cause::rejected);
  CHECK(one.state() == AgentState::reserved);
  world.leave();
}

TEST_CASE("a dialogue that serves the number of the code goes before it") {
  ServiceDesk world;
  Agent one = world.desk(world.service, "1001");
  bool served = false;
  world.center.serve("*8", [&served](Call arrived) -> Task<> {
    co_await arrived.answer();
    served = true;
  });

  world.driver->call("sim:1001", "sim:*8", stays);
  world.loop.run_for(2s);

  CHECK(served);
}

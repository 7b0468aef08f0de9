// SPDX-License-Identifier: Apache-2.0
#include "vcsr/parties.hpp"

#include "core/desk_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Pairs = std::set<std::string>;

const Pairs anna_and_agent = {"1001<anna", "anna<1001"};

}  // namespace

TEST_CASE("a customer on hold hears music and nobody hears her, until she is retrieved") {
  DeskWorld world;
  Parties parties = world.call->parties();

  parties.hold();
  world.loop.run_for(5s);

  CHECK(world.hearing({"anna", "1001"}).empty());
  CHECK(world.music(*world.anna) == 1);
  CHECK(parties.all()[0].state == ConnectionState::hold);

  parties.retrieve();

  CHECK(world.hearing({"anna", "1001"}) == anna_and_agent);
  CHECK(world.entries(events::contact_held).size() == 2);
}

TEST_CASE("a party on hold hears music, and so does the customer it keeps waiting") {
  DeskWorld world;
  Parties parties = world.call->parties();

  parties.hold(2);

  CHECK(world.hearing({"anna", "1001"}).empty());
  CHECK(world.music(*world.anna) == 1);
  CHECK(world.music(world.phone("1001")) == 1);
}

TEST_CASE("when a phone puts the customer on hold she hears the center's music") {
  DeskWorld world;

  world.phone("1001").hold(true);
  world.loop.run_for(5s);
  world.phone("1001").hold(false);
  world.loop.run_for(1s);
  world.anna->hang_up();
  world.loop.run();

  CHECK(world.music(*world.anna) == 1);
  CHECK(world.record().held == 5s);
}

TEST_CASE("nobody hears who is muted, and who is muted hears") {
  DeskWorld world;

  world.call->parties().mute(2);

  CHECK(world.hearing({"anna", "1001"}) == Pairs{"1001<anna"});
  CHECK(world.music(*world.anna) == 0);

  world.call->parties().mute(2, false);

  CHECK(world.hearing({"anna", "1001"}) == anna_and_agent);
}

TEST_CASE("digits are sent to whom they are for") {
  DeskWorld world;
  const auto send = [](Call call, int leg, std::string digits) -> Task<> {
    co_await call.parties().send_digits(leg, std::move(digits));
  };

  world.operations.spawn(send(*world.call, 2, "42"));
  world.operations.spawn(send(*world.call, Parties::customer, "7"));
  world.loop.run_for(2s);

  CHECK(world.phone("1001").digits() == "42");
  CHECK(world.anna->digits() == "7");
}

TEST_CASE("somebody is consulted while the customer waits") {
  DeskWorld world;
  Parties parties = world.call->parties();

  CHECK(world.finish(parties.consult("sim:1002")) == Reached::answered);

  const std::vector<std::string> all = {"anna", "1001", "1002"};
  CHECK(world.hearing(all) == Pairs{"1001<1002", "1002<1001"});
  CHECK(world.music(*world.anna) == 1);

  SUBCASE("alternating, the one in charge talks with either") {
    parties.alternate();
    CHECK(world.hearing(all) == anna_and_agent);
    CHECK(world.music(world.phone("1002")) == 1);
    parties.alternate();
    CHECK(world.hearing(all) == Pairs{"1001<1002", "1002<1001"});
  }
  SUBCASE("completed, the consulted has the customer and the agent is let go") {
    parties.complete();
    world.loop.run_for(1s);
    CHECK_FALSE(world.phone("1001").live());
    CHECK(world.hearing({"anna", "1002"}) == Pairs{"anna<1002", "1002<anna"});
    CHECK_FALSE(world.talk_over);
    world.phone("1002").hang_up();
    world.loop.run_for(1s);
    CHECK(world.talk_over);
  }
  SUBCASE("reconnected, they talk on as before") {
    parties.reconnect();
    world.loop.run_for(1s);
    CHECK_FALSE(world.phone("1002").live());
    CHECK(world.hearing({"anna", "1001"}) == anna_and_agent);
  }
  SUBCASE("joined, all three hear each other") {
    parties.join();
    CHECK(world.hearing(all).size() == 6);
    world.phone("1001").hang_up();
    world.loop.run_for(1s);
    CHECK(world.hearing({"anna", "1002"}) == Pairs{"anna<1002", "1002<anna"});
    CHECK_FALSE(world.talk_over);
  }
  SUBCASE("the consulted leaves: they talk on as before") {
    world.phone("1002").hang_up();
    world.loop.run_for(1s);
    CHECK(world.hearing({"anna", "1001"}) == anna_and_agent);
  }
  SUBCASE("the agent leaves: the consulted has no business any more, and the dialogue goes on") {
    world.phone("1001").hang_up();
    world.loop.run_for(1s);
    CHECK_FALSE(world.phone("1002").live());
    CHECK(world.talk_over);
  }
  world.anna->hang_up();
  world.loop.run();
  check_sums(world.record());
  CHECK(world.center.calls() == 0);
}

TEST_CASE("the one in charge hears it ring, and has the customer back when nobody answers") {
  DeskWorld world;
  std::optional<Reached> reached;
  world.begin(world.call->parties().consult("sim:away", {.ring_time = 20s}), &reached);
  world.loop.run_for(5s);

  CHECK(world.phone("1001").heard() == std::vector<std::string>{"[sound]"});
  CHECK(world.hearing({"anna", "1001"}).empty());

  world.loop.run_for(20s);

  CHECK(reached == Reached::no_answer);
  CHECK(world.hearing({"anna", "1001"}) == anna_and_agent);
}

TEST_CASE("a customer is passed on to somebody else") {
  DeskWorld world;
  Parties parties = world.call->parties();

  SUBCASE("who answers") {
    CHECK(world.finish(parties.pass_on("sim:1002")) == Reached::answered);
    CHECK_FALSE(world.phone("1001").live());
    CHECK(world.hears("anna", "1002"));
  }
  SUBCASE("who is busy: the one in charge has her back") {
    CHECK(world.finish(parties.pass_on("sim:busy")) == Reached::busy);
    CHECK(world.hearing({"anna", "1001"}) == anna_and_agent);
  }
  SUBCASE("and the phone leaves at once, as many do: she waits with music, and the time is the successor's") {
    std::optional<Reached> reached;
    world.begin(parties.pass_on("sim:1002"), &reached);
    world.loop.run_for(1s);
    world.phone("1001").hang_up();
    world.loop.run_for(500ms);
    CHECK(world.music(*world.anna) == 1);
    world.loop.run_for(5s);
    CHECK(reached == Reached::answered);
    CHECK(world.hears("anna", "1002"));
  }
  SUBCASE("who is busy, and the phone has left: the dialogue goes on") {
    world.begin<Reached>(parties.pass_on("sim:away", {.ring_time = 5s}));
    world.loop.run_for(1s);
    world.phone("1001").hang_up();
    world.loop.run_for(3s);
    CHECK_FALSE(world.talk_over);
    world.loop.run_for(2s);
    CHECK(world.talk_over);
  }
  world.anna->hang_up();
  world.loop.run();
  check_sums(world.record());
}

TEST_CASE("an expert is added to a talk that goes on, and each may leave") {
  DeskWorld world;
  Parties parties = world.call->parties();
  std::optional<Reached> reached;
  world.begin(parties.add("sim:1002"), &reached);
  world.loop.run_for(500ms);
  CHECK(world.hearing({"anna", "1001"}) == anna_and_agent);
  world.loop.run_for(5s);
  REQUIRE(reached == Reached::answered);

  CHECK(world.hearing({"anna", "1001", "1002"}).size() == 6);

  SUBCASE("the expert is dropped") {
    parties.drop(3);
    CHECK(world.hearing({"anna", "1001"}) == anna_and_agent);
  }
  SUBCASE("the agent leaves, and the expert is in charge") {
    parties.drop(2);
    CHECK(parties.all()[1].in_charge);
    CHECK(parties.all()[1].role == Role::expert);
    CHECK(world.hears("anna", "1002"));
  }
  world.anna->hang_up();
  world.loop.run();
  check_sums(world.record());
}

TEST_CASE("who hears whom with a supervisor") {
  DeskWorld world;
  Parties parties = world.call->parties();
  REQUIRE(world.finish(parties.supervise("sim:1003", Supervision::listen)) == Reached::answered);
  const std::vector<std::string> all = {"anna", "1001", "1003"};
  const Pairs listening = {"anna<1001", "1001<anna", "1003<anna", "1003<1001"};

  CHECK(world.hearing(all) == listening);

  SUBCASE("who whispers") {
    parties.supervise(3, Supervision::whisper);
    Pairs whispering = listening;
    whispering.insert("1001<1003");
    CHECK(world.hearing(all) == whispering);
  }
  SUBCASE("who barges in") {
    parties.supervise(3, Supervision::barge);
    CHECK(world.hearing(all).size() == 6);
  }
  SUBCASE("who takes over") {
    parties.take_over(3);
    world.loop.run_for(1s);
    CHECK_FALSE(world.phone("1001").live());
    CHECK(world.hearing({"anna", "1003"}).size() == 2);
    CHECK_FALSE(world.talk_over);
  }
  SUBCASE("who leaves") {
    world.phone("1003").hang_up();
    world.loop.run_for(1s);
    CHECK(world.hearing({"anna", "1001"}) == anna_and_agent);
  }
  SUBCASE("whose agent leaves: there is nobody to supervise") {
    world.phone("1001").hang_up();
    world.loop.run_for(1s);
    CHECK_FALSE(world.phone("1003").live());
    CHECK(world.talk_over);
  }
  SUBCASE("whose agent consults: the supervisor goes with the agent") {
    REQUIRE(world.finish(parties.consult("sim:1002")) == Reached::answered);
    CHECK(world.hears("1003", "1002"));
    CHECK_FALSE(world.hears("1003", "anna"));
    CHECK_FALSE(world.hears("1002", "1003"));
  }
  world.anna->hang_up();
  world.loop.run();
  check_sums(world.record());
}

TEST_CASE("what the state does not allow is refused with a reason") {
  DeskWorld world;
  Parties parties = world.call->parties();

  CHECK(refusal_of([&] { parties.complete(); }).find("nobody is consulted") != std::string::npos);
  CHECK(refusal_of([&] { parties.drop(7); }, Error::Code::not_found).find("leg 7") != std::string::npos);
  CHECK(refusal_of([&] { parties.take_over(2); }).find("no supervisor") != std::string::npos);

  world.begin<Reached>(parties.consult("sim:away"));
  world.loop.run_for(1s);

  CHECK(refusal_of([&] { parties.complete(); }).find("leg 3 (sim:away) has not answered") !=
        std::string::npos);
  CHECK(refusal_of([&] { parties.alternate(); }).find("has not answered") != std::string::npos);

  world.phone("1001").hang_up();
  world.loop.run_for(100ms);

  CHECK(refusal_of([&] { parties.hold(); }).find("talks with nobody") != std::string::npos);
}

TEST_CASE("after the customer has gone every operation throws Hangup") {
  DeskWorld world;
  Parties parties = world.call->parties();
  world.anna->hang_up();
  world.loop.run();

  CHECK_THROWS_AS(parties.hold(), Hangup);
  CHECK_THROWS_AS(parties.complete(), Hangup);
  CHECK_THROWS_AS(parties.drop(2), Hangup);
  CHECK(parties.all().empty());
}

TEST_CASE("the record tells of every leg who, why, when and how it ended") {
  DeskWorld world;
  Parties parties = world.call->parties();
  world.loop.run_for(8s);
  REQUIRE(world.finish(parties.consult("sim:1002")) == Reached::answered);
  parties.complete();
  world.loop.run_for(30s);
  world.anna->hang_up();
  world.loop.run();

  const ContactRecord record = world.record();
  REQUIRE(record.legs.size() == 3);
  CHECK(record.legs[0].role == "customer");
  CHECK(record.legs[1].role == "party");
  CHECK(record.legs[1].party == "sim:1001");
  CHECK(record.legs[1].rang == 2s);
  CHECK(record.legs[1].talked == 16s);
  CHECK(record.legs[1].held > 0s);
  CHECK(record.legs[2].role == "consulted");
  CHECK(record.legs[2].talked == 30s);
  CHECK(record.legs[2].cause == "normal");
  CHECK(record.legs[2].answered.has_value());
  check_sums(record);
}

TEST_CASE("an agent who is consulted is offered nothing meanwhile") {
  DeskWorld world;
  Queue queue = world.center.add_queue({.name = "service", .wrap_up = 0s});
  Agent ben = world.center.add_agent({.id = "1002", .name = "Ben", .address = "sim:1002"});
  queue.add(ben);
  ben.log_in();
  ben.set_ready();

  REQUIRE(world.finish(world.call->parties().consult("sim:1002")) == Reached::answered);
  CHECK(ben.state() == AgentState::busy);
  CHECK(world.call->parties().all()[2].agent == "1002");

  world.call->parties().reconnect();
  CHECK(ben.state() == AgentState::ready);
}

TEST_CASE("an agent of a queue who passes the customer on is free for others while she talks on") {
  World world({.music = "music"});
  Queue queue = world.center.add_queue({.name = "service", .wrap_up = 5s});
  Agent agent = world.agent_in(queue, "1001");
  world.driver->set_phone("1002", {});
  std::optional<Call> call;
  std::optional<Served> served;
  world.center.serve("8000", [&](Call arrived) -> Task<> {
    call = arrived;
    co_await arrived.answer();
    Queue line = queue;
    served = co_await line.serve(arrived, Reason("asked"));
  });
  SimParty anna = world.caller("anna", stays);
  world.loop.run_for(5s);
  Scope operations(world.loop);
  const auto consult = [](Call talk) -> Task<> { co_await talk.parties().consult("sim:1002"); };
  operations.spawn(consult(*call));
  world.loop.run_for(5s);

  CHECK(agent.state() == AgentState::hold);

  call->parties().complete();
  world.loop.run_for(1s);
  CHECK(agent.state() == AgentState::wrap_up);
  world.loop.run_for(5s);
  CHECK(agent.state() == AgentState::ready);
  CHECK_FALSE(served.has_value());

  call->hang_up_party();
  world.loop.run();
  CHECK(served.has_value());
}

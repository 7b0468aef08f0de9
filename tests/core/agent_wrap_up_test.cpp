// SPDX-License-Identifier: Apache-2.0
#include "core/agent_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

/// An agent whose talk of 10 s has just ended.
struct Desk : Staff {
  explicit Desk(QueueOptions options)
      : Staff(std::move(options)), agent(staff("1001", {.rings = 1s, .behavior = talks(10s)})) {
    caller("anna", stays);
    loop.run_for(5s);
    contact = agent.contacts().at(0).contact;
  }
  void end_talk() { loop.run_for(7s); }

  Agent agent;
  std::string contact;
};

}  // namespace

TEST_CASE("wrap-up ends by its queue's mode") {
  SUBCASE("timed: by itself") {
    Desk world({.name = "service", .wrap_up = 20s});
    world.end_talk();
    CHECK(world.agent.state() == AgentState::wrap_up);
    world.loop.run_for(20s);
    CHECK(world.agent.state() == AgentState::ready);
  }
  SUBCASE("timed: by the agent") {
    Desk world({.name = "service", .wrap_up = 20s});
    world.end_talk();
    world.agent.finish_wrap_up();
    CHECK(world.agent.state() == AgentState::ready);
    CHECK(world.last(events::contact_wrapped_up).data.at("cause").text() == "agent");
  }
  SUBCASE("none: there is none") {
    Desk world({.name = "service", .wrap_up_mode = WrapUpMode::none});
    world.end_talk();
    CHECK(world.agent.state() == AgentState::ready);
  }
  SUBCASE("optional: there is none unless it was asked for") {
    Desk world({.name = "service", .wrap_up = 20s, .wrap_up_mode = WrapUpMode::optional});
    world.end_talk();
    CHECK(world.agent.state() == AgentState::ready);
  }
  SUBCASE("optional: asked for") {
    Desk world({.name = "service", .wrap_up = 20s, .wrap_up_mode = WrapUpMode::optional});
    world.agent.want_wrap_up();
    world.end_talk();
    CHECK(world.agent.state() == AgentState::wrap_up);
    world.loop.run_for(20s);
    CHECK(world.agent.state() == AgentState::ready);
  }
  SUBCASE("mandatory: by the agent alone") {
    Desk world({.name = "service", .wrap_up = 20s, .wrap_up_mode = WrapUpMode::mandatory});
    world.end_talk();
    world.loop.run_for(1h);
    CHECK(world.agent.state() == AgentState::wrap_up);
    world.agent.finish_wrap_up();
    CHECK(world.agent.state() == AgentState::ready);
  }
  SUBCASE("forced: by itself only") {
    Desk world({.name = "service", .wrap_up = 20s, .wrap_up_mode = WrapUpMode::forced});
    world.end_talk();
    CHECK(thrown(Error::Code::refused, [&] { world.agent.finish_wrap_up(); }) ==
          "the wrap-up of queue 'service' lasts its whole time: wait 19 s");
    world.loop.run_for(20s);
    CHECK(world.agent.state() == AgentState::ready);
  }
}

TEST_CASE("an agent extends a wrap-up within the queue's limit") {
  Desk world({.name = "service", .wrap_up = 20s, .wrap_up_extension = 30s});
  CHECK(thrown(Error::Code::refused, [&] { world.agent.extend_wrap_up(5s); }) ==
        "agent 1001 is in no wrap-up that ends by itself");
  world.end_talk();

  const Timestamp ends = world.agent.contacts().at(0).ends.value();
  world.agent.extend_wrap_up(25s);
  CHECK(world.agent.contacts().at(0).ends == ends + 25s);
  CHECK(world.agent.contacts().at(0).extension_left == 5s);
  CHECK(thrown(Error::Code::refused, [&] { world.agent.extend_wrap_up(6s); }) ==
        "the wrap-up of queue 'service' can be extended by 0 to 5 s, got 6 s");
  world.loop.run_for(40s);

  CHECK(world.agent.state() == AgentState::wrap_up);
  world.loop.run_for(5s);
  CHECK(world.agent.state() == AgentState::ready);
}

TEST_CASE("wrap-up of one queue is never broken by an offer of another, in any mode") {
  for (const WrapUpMode mode : {WrapUpMode::timed, WrapUpMode::mandatory, WrapUpMode::forced}) {
    CAPTURE(to_string(mode));
    Desk world({.name = "service", .wrap_up = 1min, .wrap_up_mode = mode});
    Queue sales = world.add_service({.name = "sales"}, "8001");
    sales.add(world.agent);
    world.end_talk();

    world.caller("ben", stays, "sim:8001");
    world.loop.run_for(55s);
    CHECK(world.agent.state() == AgentState::wrap_up);
    CHECK(world.entries(events::contact_offered).size() == 1);

    if (mode == WrapUpMode::mandatory) world.agent.finish_wrap_up();
    world.loop.run_for(5s);
    CHECK(world.facts(events::contact_offered, "queue") == Words{"service", "sales"});
  }
}

TEST_CASE("a choice made during wrap-up holds at its end, and wrap-up is seen with its contact") {
  Desk world({.name = "service", .wrap_up = 20s});
  world.end_talk();
  REQUIRE(world.agent.contacts().size() == 1);
  CHECK(world.agent.contacts()[0].state == AgentState::wrap_up);
  CHECK(world.agent.contacts()[0].contact == world.contact);

  world.agent.set_not_ready("lunch");
  CHECK(world.agent.state() == AgentState::wrap_up);
  world.loop.run_for(20s);

  CHECK(world.agent.state() == AgentState::not_ready);
  CHECK(world.agent.reason() == "lunch");
}

TEST_CASE("a disposition that is given is in the journal and in the contact's record") {
  Desk world({.name = "service", .wrap_up = 20s, .dispositions = {"sold", "call again"}});
  SUBCASE("during the talk") {
    world.agent.dispose(world.contact, "sold", "the blue one");
    world.end_talk();
  }
  SUBCASE("after it, when the contact is closed") {
    world.end_talk();
    REQUIRE(world.outcomes().size() == 1);
    world.agent.dispose(world.contact, "call again");
    world.agent.dispose(world.contact, "sold", "the blue one");
  }
  world.loop.run();

  const JournalEntry disposed = world.last(events::contact_disposed);
  CHECK(disposed.subject == world.contact);
  CHECK(disposed.data.at("code").text() == "sold");
  CHECK(disposed.data.at("actor").text() == "1001");
  const ContactRecord record = world.record_of(world.contact);
  CHECK(text_of(record, "disposition") == "sold");
  CHECK(text_of(record, "disposition_note") == "the blue one");
}

TEST_CASE("a disposition is one of the queue's codes, for a contact in hand") {
  Desk world({.name = "service", .wrap_up = 1s, .dispositions = {"sold", "call again"}});

  CHECK(thrown(Error::Code::invalid, [&] { world.agent.dispose(world.contact, "won"); }) ==
        "there is no disposition 'won' for contact " + world.contact + "; there are: sold, call again");
  world.end_talk();
  world.loop.run();
  CHECK(thrown(Error::Code::not_found, [&] { world.agent.dispose(world.contact, "sold"); }) ==
        "agent 1001 has no contact '" + world.contact + "' in hand; in hand: none");
}

TEST_CASE("wrap-up waits for a mandatory disposition") {
  QueueOptions options{.name = "service", .wrap_up = 20s, .dispositions = {"sold", "none"}};
  options.disposition_mandatory = true;
  SUBCASE("and ends with it where its time was over") {
    Desk world(options);
    world.end_talk();
    CHECK(thrown(Error::Code::refused, [&] { world.agent.finish_wrap_up(); }) ==
          "contact " + world.contact +
              " of queue 'service' needs a disposition first; there are: sold, none");
    world.loop.run_for(1h);
    CHECK(world.agent.state() == AgentState::wrap_up);
    world.agent.dispose(world.contact, "sold");
    CHECK(world.agent.state() == AgentState::ready);
  }
  SUBCASE("and lasts its time where it was given before") {
    Desk world(options);
    world.end_talk();
    world.agent.dispose(world.contact, "sold");
    CHECK(world.agent.state() == AgentState::wrap_up);
    world.agent.finish_wrap_up();
    CHECK(world.agent.state() == AgentState::ready);
  }
  SUBCASE("and takes the default when its time is over") {
    options.disposition_default = "none";
    Desk world(options);
    world.end_talk();
    world.loop.run_for(20s);
    CHECK(world.agent.state() == AgentState::ready);
    CHECK(world.last(events::contact_disposed).data.at("cause").text() == "timer");
    CHECK(text_of(world.record_of(world.contact), "disposition") == "none");
  }
  SUBCASE("also where there is no wrap-up otherwise") {
    options.wrap_up_mode = WrapUpMode::none;
    Desk world(options);
    world.end_talk();
    CHECK(world.agent.state() == AgentState::wrap_up);
    world.agent.dispose(world.contact, "sold");
    CHECK(world.agent.state() == AgentState::ready);
  }
}

TEST_CASE("a queue whose dispositions contradict each other is refused") {
  Staff world;
  const auto refusal = [&world](QueueOptions options) {
    return thrown(Error::Code::invalid, [&] { world.center.add_queue(options); });
  };

  CHECK(refusal({.name = "a", .disposition_mandatory = true}) ==
        "queue 'a': disposition_mandatory needs dispositions to choose from");
  CHECK(refusal({.name = "a", .dispositions = {"x"}, .disposition_default = "y"}) ==
        "queue 'a': disposition_default 'y' is none of the dispositions");
}

TEST_CASE("an agent who vanishes during a mandatory wrap-up is not stuck in it") {
  QueueOptions options{.name = "service", .wrap_up_mode = WrapUpMode::mandatory, .dispositions = {"sold"}};
  options.disposition_mandatory = true;
  Staff world(options);
  Agent agent = world.staff(
      AgentOptions{.id = "1001", .name = {}, .address = {}, .heartbeat_limit = 1min, .heartbeat_grace = 1min},
      {.rings = 1s, .behavior = talks(10s)});
  world.caller("anna", stays);

  world.loop.run_for(3min);

  CHECK(agent.state() == AgentState::logged_out);
  CHECK(agent.contacts().empty());
}

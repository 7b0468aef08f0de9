// SPDX-License-Identifier: Apache-2.0
#include "core/agent_world.hpp"
#include "vcsr/parties.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

QueueOptions together() {
  return {.name = "service",
          .offer_time = 15s,
          .misses_allowed = 2,
          .wrap_up = 0s,
          .strategy = Strategy::ring_all};
}

SimPhone rings(Duration time) { return {.rings = time, .behavior = talks(30s)}; }

/// Agents whose telephones ring all at once.
struct Group : Staff {
  explicit Group(QueueOptions options = together()) : Staff(std::move(options), picking_up()) {}

  static CenterOptions picking_up() {
    CenterOptions options;
    options.pickup_code = "*8";
    return options;
  }

  SimParty call(SimBehavior behavior = stays) {
    SimParty party = caller("anna", std::move(behavior));
    loop.run_for(500ms);
    return party;
  }
  /// "1001 accepted", in the order in which offers ended.
  Words offers_ended() {
    Words all;
    for (const JournalEntry& entry : entries(events::offer_ended))
      all.push_back(entry.data.at("agent").text() + " " + entry.data.at("result").text());
    return all;
  }
  /// When each offer was made, in seconds since the first.
  std::vector<double> offered_at() {
    std::vector<double> all;
    const auto offers = entries(events::contact_offered);
    for (const JournalEntry& entry : offers)
      all.push_back(std::chrono::duration<double>(entry.at - offers[0].at).count());
    return all;
  }
  /// Of an agent's last leg.
  std::string leg_cause(const std::string& agent) {
    std::string cause;
    for (const JournalEntry& entry : entries(events::leg_ended))
      if (entry.data.at("agent").text() == agent) cause = entry.data.at("cause").text();
    return cause;
  }
  Contact write() {
    Contact contact = center.open({.channel = Channel::chat, .from = "sim:anna", .reason = "asks"});
    serving.spawn(serve(queue, contact));
    loop.run_for(0s);
    return contact;
  }
  static Task<> serve(Queue queue, Contact contact) {
    co_await queue.serve(contact);
    contact.close();
  }

  Scope serving{loop};
};

}  // namespace

TEST_CASE("all telephones ring at once, who answers first has the caller, and the others see it elsewhere") {
  Group world;
  Agent slow = world.staff("1001", rings(8s)), fast = world.staff("1002", rings(3s)),
        slower = world.staff("1003", rings(9s));

  world.call();
  CHECK(world.offered_at() == std::vector<double>{0, 0, 0});
  CHECK(slow.state() == AgentState::reserved);
  world.loop.run_for(3s);

  CHECK(fast.state() == AgentState::busy);
  CHECK(slow.state() == AgentState::ready);
  CHECK(slower.state() == AgentState::ready);
  CHECK(world.offers_ended() == Words{"1001 answered_elsewhere", "1003 answered_elsewhere", "1002 accepted"});
  CHECK(world.leg_cause("1001") == "answered_elsewhere");
  CHECK(world.leg_cause("1003") == "answered_elsewhere");
  CHECK(world.queue.report().misses == 0);
  CHECK(world.facts(events::contact_assigned, "agent") == Words{"1001", "1002", "1003"});
  world.loop.run();
  CHECK(world.outcomes() == Words{"served"});
}

TEST_CASE("of two who answer in the same moment one has the caller and the other is let go in it") {
  Group world;
  Agent one = world.staff("1001", rings(2s)), two = world.staff("1002", rings(2s));

  const SimParty anna = world.call();
  world.loop.run_for(2s);

  CHECK(one.state() == AgentState::busy);
  CHECK(two.state() == AgentState::ready);
  const auto ended = world.entries(events::leg_ended);
  const auto answered = world.entries(events::leg_answered);
  REQUIRE(ended.size() == 1);
  REQUIRE(answered.size() == 1);
  CHECK(ended[0].at == answered[0].at);
  CHECK(ended[0].data.at("cause").text() == "answered_elsewhere");
  CHECK(ended[0].data.at("answered") == Value(false));
  world.loop.run();
  CHECK(world.outcomes() == Words{"served"});
}

TEST_CASE("who declines or misses drops out, each once, and the others ring on") {
  Group world;
  Agent declines = world.staff("1001", {.reaction = SimPhone::Reaction::rejects, .rings = 1s});
  Agent late = world.staff("1002", rings(12s));
  Agent vanished = world.staff("1003", {.reaction = SimPhone::Reaction::unreachable});
  world.call();
  world.loop.run_for(10s);

  CHECK(world.offers_ended() == Words{"1003 unreachable", "1001 refused"});
  CHECK(declines.state() == AgentState::ready);
  CHECK(vanished.reason() == "device lost");
  CHECK(late.state() == AgentState::reserved);
  CHECK(world.queue.report().misses == 2);
  CHECK(world.queue.report().offers == 3);
  world.loop.run();
  CHECK(world.outcomes() == Words{"served"});
}

TEST_CASE("when nobody of the group answers the caller goes back to her place, and the group is rung again") {
  Group world;
  Agent one = world.staff("1001", {.reaction = SimPhone::Reaction::rings_on});
  Agent two = world.staff("1002", {.reaction = SimPhone::Reaction::rings_on});
  world.call();

  world.loop.run_for(15s);
  CHECK(world.queue.report().misses == 2);
  CHECK(one.state() == AgentState::reserved);
  CHECK(two.state() == AgentState::reserved);
  world.loop.run_for(15s);

  CHECK(one.reason() == "no answer");
  CHECK(two.reason() == "no answer");
  CHECK(world.queue.waiting().size() == 1);
  CHECK(world.queue.report().misses == 4);
}

TEST_CASE("a caller who leaves withdraws the whole group") {
  Group world;
  Agent one = world.staff("1001", rings(8s)), two = world.staff("1002", rings(9s));
  world.call([](SimParty caller) -> Task<> { co_await caller.wait(3s); });

  world.loop.run_for(3s);

  CHECK(one.state() == AgentState::ready);
  CHECK(two.state() == AgentState::ready);
  CHECK(world.offers_ended() == Words{"1001 withdrawn", "1002 withdrawn"});
  CHECK(world.leg_cause("1002") == "normal");
  CHECK(world.queue.report().abandoned == 1);
}

TEST_CASE("an agent who becomes free while the group is rung joins it, and may be the first") {
  Group world;
  world.staff("1001", rings(12s));
  Agent later = world.staff("1002", rings(2s));
  later.set_not_ready("break");
  world.call();
  world.loop.run_for(4s);

  later.set_ready();
  world.loop.run_for(1s);
  CHECK(later.state() == AgentState::reserved);
  world.loop.run_for(1s);

  CHECK(later.state() == AgentState::busy);
  CHECK(world.offers_ended() == Words{"1001 answered_elsewhere", "1002 accepted"});
}

TEST_CASE("nobody joins a group any more when the customer's time is over, but those who ring may answer") {
  QueueOptions options = together();
  options.overflows = {{.when = Overflow::When::waited, .after = 5s, .target = "welcome"}};
  Group world(std::move(options));
  Agent one = world.staff("1001", rings(9s)), late = world.staff("1002", rings(1s));
  late.set_not_ready("break");
  world.call();
  world.loop.run_for(6s);

  late.set_ready();
  CHECK(late.state() == AgentState::ready);
  world.loop.run_for(3s);

  CHECK(one.state() == AgentState::busy);
}

TEST_CASE("a supervisor takes the offer of one of the group back, and the others ring on") {
  Group world;
  Agent one = world.staff("1001", rings(3s)), two = world.staff("1002", rings(8s));
  world.call();

  one.force(AgentOrder::not_ready, "chief", "needed elsewhere");
  world.loop.run_for(8s);

  CHECK(two.state() == AgentState::busy);
  CHECK(world.offers_ended() == Words{"1001 recalled", "1002 accepted"});
}

TEST_CASE("who picks up what rings at one of the group has the caller, whether of the group or not") {
  Group world;
  Agent one = world.staff("1001", {.reaction = SimPhone::Reaction::rings_on});
  Agent two = world.staff("1002", {.reaction = SimPhone::Reaction::rings_on});
  Agent three = world.staff("1003");
  three.set_not_ready("break");
  world.call();
  SUBCASE("another") {
    world.driver->call("sim:1003", "sim:*8", stays);
    world.loop.run_for(1s);
    CHECK(three.state() == AgentState::busy);
    CHECK(two.state() == AgentState::ready);
    CHECK(world.offers_ended() == Words{"1002 answered_elsewhere", "1001 picked_up"});
  }
  SUBCASE("one of them") {
    world.driver->call("sim:1002", "sim:*8", stays);
    world.loop.run_for(1s);
    CHECK(two.state() == AgentState::busy);
    CHECK(world.offers_ended() == Words{"1001 answered_elsewhere", "1002 accepted"});
  }
  CHECK(one.state() == AgentState::ready);
}

TEST_CASE("a chat is shown to all, and of two who accept it in the same moment one has it") {
  Group world;
  Agent one = world.staff("1001"), two = world.staff("1002"), three = world.staff("1003");
  Contact chat = world.write();
  CHECK(one.state() == AgentState::reserved);
  CHECK(two.state() == AgentState::reserved);
  three.decline(chat.id());

  two.accept(chat.id());
  const std::string refusal = thrown(Error::Code::not_found, [&] { one.accept(chat.id()); });
  world.loop.run_for(0s);

  CHECK(refusal == "agent 1001 has no contact '" + chat.id() + "' in hand; in hand: none");
  CHECK(two.state() == AgentState::busy);
  CHECK(one.state() == AgentState::ready);
  CHECK(world.offers_ended() == Words{"1003 refused", "1001 answered_elsewhere", "1002 accepted"});
  two.finish(chat.id());
  world.loop.run_for(0s);
  CHECK(chat.outcome() == Outcome::served);
}

TEST_CASE("a chat that nobody accepts in time goes to the group again") {
  Group world;
  Agent one = world.staff("1001"), two = world.staff("1002");
  Contact chat = world.write();

  world.loop.run_for(15s);

  CHECK(world.offers_ended() == Words{"1001 no_answer", "1002 no_answer"});
  CHECK(one.state() == AgentState::reserved);
  one.accept(chat.id());
  world.loop.run_for(0s);
  CHECK(two.state() == AgentState::ready);
}

// SPDX-License-Identifier: Apache-2.0
#include "core/chat_desk.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("an agent accepts a chat, finishes it, and has time for notes") {
  ChatDesk world;
  Agent agent = world.chatter("1001");
  Contact chat = world.write("sim:anna");
  CHECK(agent.state() == AgentState::reserved);
  world.loop.run_for(5s);

  agent.accept(chat.id());
  CHECK(agent.state() == AgentState::busy);
  CHECK(world.last(events::agent_state).data.at("cause").text() == "agent");
  world.loop.run_for(60s);
  agent.finish(chat.id());
  world.settle();

  CHECK(agent.state() == AgentState::wrap_up);
  REQUIRE(world.served.size() == 1);
  CHECK(world.served[0].result == Served::Result::served);
  CHECK(world.served[0].agent == "1001");
  CHECK(world.served[0].waited == 5s);
  CHECK(world.served[0].talked == 60s);
  CHECK(chat.closed());
  CHECK(chat.outcome() == Outcome::served);
  const ContactRecord record = world.record_of(chat.id());
  CHECK(record.channel == "chat");
  CHECK(record.agent == "1001");
  CHECK(record.talked == 60s);
  world.loop.run_for(10s);
  CHECK(agent.state() == AgentState::ready);
}

TEST_CASE("a contact of every channel is offered to an agent, who takes it") {
  for (const Channel channel : every_channel) {
    CAPTURE(to_string(channel));
    ChatDesk world;
    Agent agent = world.chatter("1001");
    Contact contact = world.write("sim:anna", channel);

    REQUIRE(agent.state() == AgentState::reserved);
    agent.accept(contact.id());
    CHECK(agent.state() == AgentState::busy);
    CHECK(channel_named(to_string(channel)) == channel);
  }
  CHECK_FALSE(channel_named("pigeon").has_value());
}

TEST_CASE("what an agent has talked without a telephone counts where the least talked comes first") {
  ChatDesk world({.name = "service", .wrap_up = 0s, .strategy = Strategy::least_talk_time});
  Agent first = world.staff("1001");
  Contact one = world.write("sim:one");
  first.accept(one.id());
  world.loop.run_for(60s);
  first.finish(one.id());
  world.loop.run_for(60s);
  Agent second = world.staff("1002");

  world.write("sim:two");

  CHECK(first.state() == AgentState::ready);
  CHECK(second.state() == AgentState::reserved);
}

TEST_CASE("a call that somebody else's switch carries is a contact that the agent takes and ends by hand") {
  ChatDesk world;
  Agent agent = world.staff("1001");
  Contact call = world.write("sim:anna", Channel::voice);

  agent.accept(call.id());
  world.loop.run_for(60s);
  agent.finish(call.id());
  world.settle();

  CHECK(call.outcome() == Outcome::served);
  const ContactRecord record = world.record_of(call.id());
  CHECK(record.channel == "voice");
  CHECK(record.talked == 60s);
}

TEST_CASE("an offer that is declined or not accepted in time goes to the next agent") {
  ChatDesk world;
  Agent first = world.chatter("1001");
  world.loop.run_for(1s);
  Agent second = world.chatter("1002");
  Contact chat = world.write("sim:anna");
  std::string reason;
  SUBCASE("declined") {
    first.decline(chat.id());
    reason = "declined";
  }
  SUBCASE("not accepted") {
    world.loop.run_for(15s);
    reason = "no answer";
  }
  world.settle();

  CHECK(first.state() == AgentState::not_ready);
  CHECK(first.reason() == reason);
  CHECK(second.state() == AgentState::reserved);
  second.accept(chat.id());
  world.settle();
  CHECK(second.state() == AgentState::busy);
  CHECK(world.queue.report().misses == 1);
}

TEST_CASE(
    "a customer who leaves withdraws the offer at once, and in the middle of it leaves time for notes") {
  ChatDesk world;
  Agent agent = world.chatter("1001");
  Contact chat = world.write("sim:anna");
  SUBCASE("while it is offered") {
    chat.close();
    world.settle();
    CHECK(agent.state() == AgentState::ready);
    CHECK(chat.outcome() == Outcome::abandoned);
    CHECK(world.facts(events::offer_ended, "result") == Words{"withdrawn"});
  }
  SUBCASE("while an agent has it in hand") {
    agent.accept(chat.id());
    world.loop.run_for(20s);
    chat.close();
    world.settle();
    CHECK(agent.state() == AgentState::wrap_up);
    CHECK(chat.outcome() == Outcome::served);
  }
  CHECK(world.queue.report().waiting == 0);
  CHECK_FALSE(world.center.find_contact(chat.id()).has_value());
}

TEST_CASE("an agent has one call or three chats in hand, and each contact has a state of its own") {
  ChatDesk world({.name = "service", .wrap_up = 0s});
  Agent agent = world.chatter("1001", 3);
  std::vector<Contact> chats;
  for (int i = 0; i < 4; ++i) {
    chats.push_back(world.write("sim:c" + std::to_string(i)));
    if (i < 3) agent.accept(chats.back().id());
    world.settle();
  }

  CHECK(agent.contacts().size() == 3);
  CHECK(world.queue.waiting() == Words{chats[3].id()});
  world.caller("ben", stays);
  world.loop.run_for(1s);
  agent.finish(chats[1].id());
  world.settle();
  CHECK(agent.contacts().back().contact == chats[3].id());
  CHECK(agent.contacts().back().state == AgentState::reserved);
  CHECK(agent.state() == AgentState::busy);
  agent.accept(chats[3].id());
  for (const int i : {0, 2, 3}) {
    agent.finish(chats[static_cast<std::size_t>(i)].id());
    world.settle();
  }

  CHECK(agent.contacts().size() == 1);
  CHECK(agent.contacts()[0].channel == Channel::voice);
}

TEST_CASE("notes about one chat block further offers, not the other chats in hand") {
  ChatDesk world;
  Agent agent = world.chatter("1001", 3);
  Contact one = world.write("sim:one");
  agent.accept(one.id());
  world.settle();
  Contact two = world.write("sim:two");
  agent.accept(two.id());
  world.settle();

  agent.finish(one.id());
  world.settle();
  Contact three = world.write("sim:three");

  CHECK(agent.state() == AgentState::busy);
  CHECK(agent.contacts().size() == 2);
  CHECK(world.queue.waiting() == Words{three.id()});
  world.loop.run_for(10s);
  CHECK(world.queue.waiting().empty());
}

TEST_CASE("a supervisor takes a chat out of the hand of an agent who has gone, and it is the next one's") {
  ChatDesk world;
  Agent gone = world.chatter("1001");
  Contact chat = world.write("sim:anna");
  gone.accept(chat.id());
  world.loop.run_for(30s);
  Contact later = world.write("sim:ben");

  gone.force(AgentOrder::free, "chief", "gone home");
  CHECK(gone.state() == AgentState::not_ready);
  CHECK(gone.contacts().empty());
  world.settle();

  CHECK(world.queue.waiting() == Words{chat.id(), later.id()});
  Agent next = world.chatter("1002");
  world.settle();
  next.accept(chat.id());
  next.finish(chat.id());
  world.settle();
  CHECK(chat.outcome() == Outcome::served);
  CHECK(world.record_of(chat.id()).agent == "1002");
}

TEST_CASE("what an agent says to a contact must fit its state") {
  ChatDesk world;
  Agent agent = world.chatter("1001");
  Contact chat = world.write("sim:anna");

  CHECK(thrown(Error::Code::refused, [&] { agent.finish(chat.id()); }) ==
        "contact " + chat.id() + " is not busy at agent 1001 but reserved");
  CHECK(thrown(Error::Code::not_found, [&] { agent.accept("x"); }) ==
        "agent 1001 has no contact 'x' in hand; in hand: " + chat.id());
  chat.close();
  world.settle();
  world.caller("ben", stays);
  world.loop.run_for(1s);
  const std::string call = agent.contacts().at(0).contact;
  CHECK(thrown(Error::Code::refused, [&] { agent.accept(call); }) ==
        "contact " + call + " is a call: it is taken and ended by the telephone sim:1001");
  agent.decline(call);
  world.settle();
  CHECK(agent.reason() == "declined");
}

TEST_CASE("a capacity that allows nothing is refused") {
  World world;
  const auto refusal = [&world](Capacity capacity) {
    AgentOptions options;
    options.id = "1001";
    options.capacity = std::move(capacity);
    return thrown(Error::Code::invalid, [&] { world.center.add_agent(options); });
  };

  CHECK(refusal({.units = 0}) == "agent 1001: capacity.units: expected at least 1, got 0");
  CHECK(refusal({.units = 2, .takes = {{Channel::chat, 3}}}) ==
        "agent 1001: capacity.takes.chat: expected 1 to 2, got 3");
  CHECK(refusal({.units = 1, .at_most = {{Channel::email, -1}}}) ==
        "agent 1001: capacity.at_most.email: expected 0 or more, got -1");
}

TEST_CASE("a contact without a call that waits nowhere has an outcome when the center goes") {
  ChatDesk world;
  Contact chat = world.center.open({.channel = Channel::chat, .from = Address("sim:anna")});
  Contact waiting = world.write("sim:ben");

  world.owner.reset();
  world.settle();

  CHECK(chat.closed());
  CHECK_FALSE(waiting.closed());
  CHECK(world.outcomes() == Words{"interrupted"});
}

// SPDX-License-Identifier: Apache-2.0
#include "core/on_record.hpp"

#include "core/tapped_world.hpp"
#include "core/world.hpp"
#include "held_journal.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// A center whose disk is slow from the first call on.
struct SlowWorld {
  SlowWorld() {
    auto made = std::make_unique<SimDriver>(SimOptions{.catalog = World::prompts()});
    driver = made.get();
    center.add(std::move(made));
    center.serve("8000", [this](Call call) -> Task<> {
      call.ring();
      call.play("music");
      co_await call.answer();
      answered = loop.now();
      co_await call.ended();
    });
    journal.hold();
  }

  Log log() {
    return Log(loop, {.sink = [this](std::string_view line) { said += line; }});
  }

  SimParty caller(const char* to = "sim:8000") { return driver->call("sim:anna", to, stays); }
  std::vector<std::string> outcomes() {
    std::vector<std::string> all;
    auto following = journal.follow(1, [&all](const JournalEntry& entry) {
      if (entry.type == events::contact_closed) all.push_back(entry.data.at("outcome").text());
    });
    loop.run_for(0s);
    return all;
  }

  SimLoop loop{1};
  HeldJournal journal{loop};
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  std::string said;
  Center center{loop, journal, *customers, {.recordings = "recordings", .log = log()}};
  SimDriver* driver = nullptr;
  std::optional<Timestamp> answered;
};

}  // namespace

TEST_CASE("a caller hears nothing and is not answered before her contact is durable") {
  SlowWorld world;
  SimParty anna = world.caller();

  world.loop.run_for(500ms);
  CHECK_FALSE(world.answered);
  CHECK(anna.heard().empty());
  CHECK(world.journal.waiting() == 1);
  const Timestamp released = world.loop.now();
  world.journal.release();
  world.loop.run_for(100ms);

  CHECK(world.answered == released);
  CHECK(anna.heard() == std::vector<std::string>{"la la la"});
  CHECK(world.said.empty());
}

TEST_CASE("a journal that is durable at once costs a caller no time") {
  SlowWorld world;
  world.journal.release();
  const Timestamp called = world.loop.now();

  world.caller();
  world.loop.run_for(1s);

  CHECK(world.answered == called);
}

TEST_CASE("a caller who leaves before her contact is durable is on record once, and nobody answers her") {
  SlowWorld world;
  SimParty anna = world.caller();
  world.loop.run_for(500ms);

  anna.hang_up();
  world.loop.run_for(100ms);

  CHECK_FALSE(world.answered);
  CHECK(world.journal.waiting() == 0);
  CHECK(world.center.calls() == 0);
  CHECK(world.outcomes() == std::vector<std::string>{"refused"});
}

TEST_CASE("a disk that does not finish keeps a caller waiting for two seconds, and that is told") {
  SlowWorld world;
  const Timestamp called = world.loop.now();

  world.caller();
  world.loop.run_for(10s);

  CHECK(world.answered == called + 2s);
  CHECK(world.said.find("before they are durable in the journal") != std::string::npos);
}

TEST_CASE("nobody else waits for a disk that was late, until it has caught up") {
  SlowWorld world;
  world.caller();
  world.loop.run_for(3s);
  Timestamp called = world.loop.now();

  world.driver->call("sim:bert", "sim:8000", stays);
  world.loop.run_for(1s);
  CHECK(world.answered == called);
  world.journal.release();
  world.loop.run_for(1s);
  world.journal.hold();
  world.answered.reset();
  world.driver->call("sim:carl", "sim:8000", stays);
  world.loop.run_for(1s);

  CHECK_FALSE(world.answered);
}

TEST_CASE("a journal in trouble keeps no caller waiting") {
  SlowWorld world;
  world.journal.trouble_text = "the disk is full";
  const Timestamp called = world.loop.now();

  world.caller();
  world.loop.run_for(1s);

  CHECK(world.answered == called);
}

TEST_CASE("a center may be destroyed while callers wait for its disk") {
  auto world = std::make_unique<SlowWorld>();
  world->caller();
  world->loop.run_for(500ms);

  CHECK_NOTHROW(world.reset());
}

TEST_CASE("who dialled a wrong number is refused once that is on record") {
  SlowWorld world;
  SimParty anna = world.caller("sim:9999");

  world.loop.run_for(500ms);
  CHECK(anna.live());
  world.journal.release();
  world.loop.run_for(100ms);

  CHECK_FALSE(anna.live());
  CHECK(anna.cause() == Cause::not_found);
}

TEST_CASE("a customer is called once that is on record, and nobody can use the call before") {
  SlowWorld world;
  world.driver->set_phone("2000", {.rings = 4s, .behavior = stays});
  std::string contact;
  auto following = world.journal.follow(1, [&contact](const JournalEntry& entry) {
    if (entry.type == events::contact_arrived) contact = entry.subject;
  });
  std::optional<Outgoing> outgoing;
  auto dial = [](Center& center, std::optional<Outgoing>& out) -> Task<> {
    out = co_await center.call("sim:2000");
  };
  Scope scope(world.loop);
  scope.spawn(dial(world.center, outgoing));

  world.loop.run_for(1s);
  REQUIRE_FALSE(contact.empty());
  CHECK_FALSE(world.center.find_call(contact));
  world.journal.release();
  world.loop.run_for(3900ms);
  CHECK_FALSE(outgoing);
  CHECK(world.center.find_call(contact));
  world.loop.run_for(200ms);

  REQUIRE(outgoing);
  CHECK(outgoing->reached == Reached::answered);
  CHECK(outgoing->rang == 4s);
}

TEST_CASE("whoever no longer waits for a call that is not yet dialled is rid of it") {
  SlowWorld world;
  world.driver->set_phone("2000", {.rings = 4s, .behavior = stays});
  auto dial = [](Center& center) -> Task<> { co_await center.call("sim:2000"); };
  {
    Scope scope(world.loop);
    scope.spawn(dial(world.center));
    world.loop.run_for(1s);
    CHECK(world.center.calls() == 1);
  }
  world.loop.run_for(1s);

  CHECK(world.center.calls() == 0);
  CHECK(world.outcomes() == std::vector<std::string>{"unreached"});
}

TEST_CASE("a message is acknowledged once it is on record") {
  SlowWorld world;
  world.journal.release();
  Mailbox mailbox = world.center.add_mailbox({.name = "sales", .greeting = "welcome", .review = false});
  world.center.serve("8001", [mailbox](Call call) -> Task<> {
    Mailbox box = mailbox;
    std::optional<VoicemailMessage> message = co_await box.take(call, Reason("nobody there"));
  });
  SimParty anna = world.driver->call("sim:anna", "sim:8001", [](SimParty caller) -> Task<> {
    co_await caller.hears("welcome");
    co_await caller.wait(8s);
    caller.press("#");
    co_await caller.ended();
  });
  world.loop.run_for(5s);
  world.journal.hold();
  const std::size_t heard = anna.heard().size();

  world.loop.run_for(4s);
  REQUIRE(mailbox.messages().size() == 1);
  CHECK(anna.heard().size() == heard);
  world.journal.release();
  world.loop.run_for(500ms);

  CHECK(anna.heard().size() == heard + 1);
}

TEST_CASE("a caller hears nothing before it is on record that she was answered") {
  SlowWorld world;
  world.journal.release();
  world.center.serve("8000", [&world](Call call) -> Task<> {
    world.journal.hold();
    co_await call.answer();
    co_await call.say("welcome");
  });
  SimParty anna = world.caller();

  world.loop.run_for(500ms);
  CHECK(anna.heard().empty());
  CHECK(world.journal.waiting() == 1);
  world.journal.release();
  world.loop.run_for(100ms);

  CHECK(anna.heard() == std::vector<std::string>{"Welcome to the bank."});
}

TEST_CASE("what came of calling a customer is told, and she is served, once that is on record") {
  SlowWorld world;
  world.journal.release();
  world.driver->set_phone("2000", {.rings = 1s, .behavior = stays});
  world.driver->set_phone("busy", {.reaction = SimPhone::Reaction::busy});
  bool served = false;
  const Dialogue serving = [&served](Call call) -> Task<> {
    served = true;
    co_await call.ended();
  };
  std::optional<Reached> answered, busy;
  const auto dial = [](Task<Reached> calling, std::optional<Reached>& out) -> Task<> {
    out = co_await std::move(calling);
  };
  Scope scope(world.loop);
  scope.spawn(dial(world.center.call("sim:2000", serving), answered));
  scope.spawn(dial(world.center.call("sim:busy", serving), busy));
  world.journal.hold();

  world.loop.run_for(1500ms);
  CHECK_FALSE(served);
  CHECK_FALSE(answered);
  CHECK_FALSE(busy);
  world.journal.release();
  world.loop.run_for(100ms);

  CHECK(served);
  CHECK(answered == Reached::answered);
  CHECK(busy == Reached::busy);
}

TEST_CASE("whoever no longer waits for the record of an answered call is rid of it") {
  SlowWorld world;
  world.journal.release();
  world.driver->set_phone("2000", {.rings = 1s, .behavior = stays});
  const auto dial = [](Center& center) -> Task<> { co_await center.call("sim:2000"); };
  {
    Scope scope(world.loop);
    scope.spawn(dial(world.center));
    world.journal.hold();
    world.loop.run_for(1500ms);
    CHECK(world.center.calls() == 1);
  }
  world.journal.release();
  world.loop.run_for(1s);

  CHECK(world.center.calls() == 0);
  CHECK(world.outcomes().size() == 1);
}

TEST_CASE("the lamp of a mailbox shows a message once that is on record") {
  SimLoop loop{1};
  HeldJournal journal{loop};
  const std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  CenterOptions options;
  options.recordings = "recordings";
  options.recording_maker = std::make_shared<CountingMaker>(loop);
  Center center(loop, journal, *customers, options);
  Mailbox mailbox =
      center.add_mailbox({.name = "sales", .phone = "sim:1001", .greeting = "welcome", .review = false});
  center.serve("8001", [mailbox](Call call) -> Task<> {
    Mailbox box = mailbox;
    std::optional<VoicemailMessage> message = co_await box.take(call, Reason("nobody there"));
  });
  auto lines = std::make_unique<SimDriver>(SimOptions{.catalog = World::prompts()});
  SimDriver& callers = *lines;
  auto tapped = std::make_unique<TappedDriver>(std::move(lines));
  const std::vector<std::string>& lamps = tapped->lamps;
  center.add(std::move(tapped));
  callers.call("sim:anna", "sim:8001", [&journal](SimParty caller) -> Task<> {
    co_await caller.hears("welcome");
    co_await caller.wait(8s);
    journal.hold();
    caller.press("#");
    co_await caller.ended();
  });

  loop.run_for(11s);
  REQUIRE(mailbox.messages().size() == 1);
  CHECK(lamps == std::vector<std::string>{"sim:1001 0/0"});
  journal.release();
  loop.run_for(100ms);

  CHECK(lamps == std::vector<std::string>{"sim:1001 0/0", "sim:1001 1/0"});
}

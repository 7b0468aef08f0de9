// SPDX-License-Identifier: Apache-2.0
#include "vcsr/center.hpp"
#include "checked_journal.hpp"

#include <fstream>

#include "core/world.hpp"
#include "temporary_folder.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// Runs a task on the world's loop until it ends.
template <class T>
std::optional<T> result_of(World& world, Task<T> task) {
  std::optional<T> result;
  auto keep = [](Task<T> work, std::optional<T>& out) -> Task<> { out = co_await std::move(work); };
  Scope scope(world.loop);
  scope.spawn(keep(std::move(task), result));
  world.loop.run_for(5min);
  return result;
}

}  // namespace

TEST_CASE("a number that nothing serves is refused as not found, and the contact is on record") {
  World world;

  SimParty anna = world.caller("anna", stays, "sim:9999");
  world.loop.run();

  CHECK_FALSE(anna.live());
  CHECK(world.outcomes() == std::vector<std::string>{"refused"});
}

TEST_CASE("the star serves what no other dialogue does") {
  World world;
  std::vector<std::string> dialled;
  world.center.serve("*", [&](Call call) -> Task<> {
    dialled.emplace_back(call.to().user());
    co_return;
  });
  world.center.serve("8000", [](Call) -> Task<> { co_return; });

  world.caller("anna", stays, "sim:1234");
  world.caller("anna", stays, "sim:8000");
  world.loop.run();

  CHECK(dialled == std::vector<std::string>{"1234"});
}

TEST_CASE("names of queues and agents are unique, and a wrong one is answered with those there are") {
  World world;
  world.center.add_queue({.name = "sales"});
  world.center.add_queue({.name = "service"});

  CHECK_THROWS_WITH_AS(world.center.add_queue({.name = "sales"}), "there is a queue 'sales' already", Error);
  CHECK_THROWS_WITH_AS(world.center.queue("sale"), "there is no queue 'sale'; there are: sales, service",
                       Error);
  CHECK_THROWS_WITH_AS(world.center.agent("7"), "there is no agent '7'; there are: none", Error);
}

TEST_CASE("the center calls somebody and a dialogue serves the call") {
  World world;
  std::string said;
  world.driver->set_phone("2000", {.rings = 4s, .behavior = [&said](SimParty phone) -> Task<> {
                                     co_await phone.hears("welcome");
                                     said = phone.heard().back();
                                     co_await phone.ended();
                                   }});

  auto reached = result_of(
      world, world.center.call("sim:2000", [](Call call) -> Task<> { co_await call.say("welcome"); }));

  CHECK(reached == Reached::answered);
  CHECK(said == "Welcome to the bank.");
  CHECK(world.outcomes() == std::vector<std::string>{"self_served"});
}

TEST_CASE("nobody answers the center's call") {
  World world;
  world.driver->set_phone("2000", {.reaction = SimPhone::Reaction::rings_on});
  OutgoingOptions options;
  options.ring_time = 15s;

  auto reached = result_of(world, world.center.call(
                                      "sim:2000", [](Call) -> Task<> { co_return; }, options));

  CHECK(reached == Reached::no_answer);
  CHECK(world.outcomes() == std::vector<std::string>{"unreached"});
  CHECK(world.center.calls() == 0);
}

TEST_CASE("stopping hangs up, closes every contact and takes no new call") {
  World world;
  world.center.serve("8000", [](Call call) -> Task<> {
    co_await call.answer();
    co_await call.ended();
  });
  SimParty anna = world.caller("anna", stays);
  world.loop.run_for(1s);
  auto stopping = [](Center& center) -> Task<bool> {
    co_await center.stop();
    co_return true;
  };

  auto stopped = result_of(world, stopping(world.center));

  CHECK(stopped == true);
  CHECK_FALSE(anna.live());
  CHECK(world.outcomes() == std::vector<std::string>{"interrupted"});
}

TEST_CASE("destroying the center in the middle of calls gives every contact an outcome and a record") {
  SimLoop loop;
  auto journal = make_checked_journal(loop);
  auto customers = make_memory_customers(loop);
  std::vector<std::string> outcomes;
  auto following = journal->follow(1, [&](const JournalEntry& entry) {
    if (entry.type == events::contact_closed) outcomes.push_back(entry.data.at("outcome").text());
  });
  {
    auto driver = std::make_unique<SimDriver>();
    SimDriver& lines = *driver;
    Center center(loop, *journal, *customers);
    center.add(std::move(driver));
    Queue queue = center.add_queue({.name = "service"});
    center.serve("8000", [queue](Call call) -> Task<> {
      co_await call.answer();
      Queue line = queue;
      co_await line.serve(call, Reason("help"));
    });
    for (int i = 0; i < 3; ++i) lines.call("sim:anna", "sim:8000", stays);
    loop.run_for(10s);
    REQUIRE(center.calls() == 3);
  }
  loop.run();

  CHECK(outcomes == std::vector<std::string>(3, "abandoned"));
}

TEST_CASE("contacts that an earlier run left open are closed as interrupted, with their record") {
  World world;
  const std::string id = "0190";
  earlier(*world.journal)
      .append(events::contact_arrived, id, {{"channel", "voice"}, {"from", "sip:anna"}, {"to", "sip:8000"}});
  earlier(*world.journal).append(events::contact_reason, id, {{"reason", "lost card"}});
  earlier(*world.journal).append(events::contact_collected, id, {{"key", "card"}, {"value", "gold"}});
  earlier(*world.journal).append(events::contact_arrived, "0191", {{"channel", "voice"}});
  earlier(*world.journal).append(events::contact_closed, "0191", {{"outcome", "served"}});

  auto recovered = result_of(world, world.center.recover());
  auto again = result_of(world, world.center.recover());

  CHECK(recovered == 1u);
  CHECK(again == 0u);
  auto record = result_of(world, world.customers->contact(id));
  REQUIRE(record);
  REQUIRE(*record);
  CHECK((*record)->outcome == "interrupted");
  CHECK((*record)->reason == "lost card");
  CHECK((*record)->attributes.at("card").text() == "gold");
}

TEST_CASE("a contact that an earlier run left open names no recording whose file was not made") {
  World world;
  const TemporaryFolder folder;
  const std::string id = "0190";
  earlier(*world.journal).append(events::contact_arrived, id, {{"channel", "voice"}});
  for (const char* recording : {"r1", "r2", "r3"})
    earlier(*world.journal)
        .append(events::recording_started, id,
                {{"recording", recording}, {"file", folder / recording + ".wav"}});
  std::ofstream(folder / "r2.wav") << "sound";
  earlier(*world.journal).append(events::recording_finished, id, {{"recording", "r1"}, {"file", ""}});

  result_of(world, world.center.recover());

  auto record = result_of(world, world.customers->contact(id));
  REQUIRE(record);
  REQUIRE(*record);
  CHECK((*record)->recordings == std::vector<std::string>{folder / "r2.wav"});
  const auto ended = world.entries(events::recording_finished);
  REQUIRE(ended.size() == 2);
  CHECK(ended[1].data.at("recording").text() == "r3");
  CHECK(ended[1].data.at("file").text().empty());
  CHECK(ended[1].data.at("error").text() == "the program ended before its file was made");
}

TEST_CASE("a run is a function of its inputs, byte for byte") {
  auto run = [] {
    World world;
    Queue queue = world.center.add_queue({.name = "service"});
    world.agent_in(queue, "1001", {.behavior = talks(30s)});
    world.center.serve("8000", [queue](Call call) -> Task<> {
      co_await call.answer();
      Queue line = queue;
      co_await line.serve(call, Reason("help"));
    });
    for (int i = 0; i < 20; ++i) {
      world.caller("c" + std::to_string(i), talks(std::chrono::seconds(world.loop.random() % 100)));
      world.loop.run_for(std::chrono::seconds(world.loop.random() % 30));
    }
    world.loop.run();
    std::string all;
    for (const JournalEntry& entry : world.entries())
      all += to_string(entry.at) + entry.type + entry.subject + to_json(entry.data) + "\n";
    return all;
  };

  CHECK(run() == run());
}

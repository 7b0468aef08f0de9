// SPDX-License-Identifier: Apache-2.0
#include "core/world.hpp"
#include "vcsr/customer_context.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

struct Strangers : World {
  Strangers()
      : World([] {
          CenterOptions options;
          options.provisional_customers = true;
          return options;
        }()) {}
};

}  // namespace

TEST_CASE("a stranger gets a provisional folder, and is known the next time") {
  Strangers world;
  std::vector<std::string> ids;
  world.center.serve("8000", [&](Call call) -> Task<> {
    const bool known = co_await call.customer().identify();
    if (known) ids.push_back(call.customer().id());
  });

  world.caller("13800000001", stays);
  world.loop.run();
  world.caller("13800000001", stays);
  world.loop.run();

  REQUIRE(ids.size() == 2);
  CHECK(ids[0] == ids[1]);
  const auto created = world.entries(events::customer_created);
  REQUIRE(created.size() == 1);
  CHECK(created[0].subject == ids[0]);
  CHECK(created[0].data.at("provisional") == Value(true));
}

TEST_CASE("who hides the number gets no folder, and without being asked nobody does") {
  Strangers hiding;
  World world;
  std::vector<bool> known;
  const auto dialogue = [&](Call call) -> Task<> {
    const bool recognized = co_await call.customer().identify();
    known.push_back(recognized);
  };
  hiding.center.serve("8000", dialogue);
  world.center.serve("8000", dialogue);

  hiding.caller("anonymous", stays);
  hiding.loop.run();
  world.caller("13800000001", stays);
  world.loop.run();

  CHECK(known == std::vector<bool>{false, false});
  CHECK(hiding.entries(events::customer_created).empty());
  CHECK(world.entries(events::customer_created).empty());
}

TEST_CASE("what a dialogue notes in the folder is kept, journalled and on the agent's screen") {
  Strangers world;
  Queue queue = world.center.add_queue({.name = "service"});
  world.agent_in(queue, "1001", {.behavior = talks(5s)});
  world.center.serve("8000", [&, queue](Call call) -> Task<> {
    CustomerContext context = call.customer();
    co_await context.identify();
    Customer folder = context.folder();
    const WallTime now = world.loop.wall_time();
    folder.name = "Anna";
    folder.notes.push_back({.at = now, .by = "welcome", .text = "speaks softly"});
    folder.matters = {{.id = "1", .title = "complaint", .opened = now},
                      {.id = "2", .title = "lost card", .opened = now - 2h, .due = now - 1h},
                      {.id = "3", .title = "old", .opened = now, .closed = now}};
    co_await context.save(folder);
    Queue line = queue;
    co_await line.serve(call, Reason("again"));
  });

  world.caller("13800000001", stays);
  world.loop.run();

  const auto saved = world.entries(events::customer_saved);
  REQUIRE(saved.size() == 1);
  CHECK(to_json(saved[0].data.at("changed")) == R"(["name","notes","matters"])");
  const auto offers = world.entries(events::contact_offered);
  REQUIRE(offers.size() == 1);
  const Facts& pop = *offers[0].data.at("pop").get_if<Facts>();
  CHECK(pop.at("name").text() == "Anna");
  const Value::List& matters = *pop.at("matters").get_if<Value::List>();
  REQUIRE(matters.size() == 2);
  CHECK(matters[0].get_if<Facts>()->at("title").text() == "lost card");
  CHECK(matters[0].get_if<Facts>()->at("late") == Value(true));
  CHECK(to_json(pop.at("notes")).find("speaks softly") != std::string::npos);
}

TEST_CASE("a folder of somebody else is not saved into this contact") {
  Strangers world;
  std::string message;
  world.center.serve("8000", [&](Call call) -> Task<> {
    CustomerContext context = call.customer();
    co_await context.identify();
    const Customer other{.id = "7", .name = "Otto"};
    try {
      co_await context.save(other);
    } catch (const Error& error) {
      message = error.what();
    }
  });

  world.caller("13800000001", stays);
  world.loop.run();

  CHECK(message.starts_with("the folder '7' is not that of contact "));
  CHECK(message.ends_with(": change what folder() gives after identify()"));
}

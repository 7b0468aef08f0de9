// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recorder.hpp"

#include "core/world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

TEST_CASE("a recording begins and ends in the journal, with the call at the latest") {
  World world;
  world.center.serve("8000", [](Call call) -> Task<> {
    co_await call.answer();
    call.record();
    co_await call.say("welcome");
  });

  world.caller("anna", stays);
  world.loop.run();

  CHECK(world.entries(events::recording_started).size() == 1);
  const auto finished = world.entries(events::recording_finished);
  REQUIRE(finished.size() == 1);
  CHECK(*finished[0].data.at("length").get_if<double>() > 1);
}

TEST_CASE("a call has one recording at a time, and may have several one after the other") {
  World world;
  std::vector<std::string> ids;
  world.center.serve("8000", [&ids](Call call) -> Task<> {
    co_await call.answer();
    Recorder first = call.record();
    Recorder same = call.record();
    co_await first.stop();
    co_await same.stop();
    Recorder second = call.record();
    ids = {first.id(), same.id(), second.id()};
  });

  world.caller("anna", stays);
  world.loop.run();

  REQUIRE(ids.size() == 3);
  CHECK(ids[0] == ids[1]);
  CHECK(ids[0] != ids[2]);
  CHECK(world.entries(events::recording_finished).size() == 2);
}

TEST_CASE("pauses may overlap; the last to end resumes") {
  World world;
  world.center.serve("8000", [](Call call) -> Task<> {
    co_await call.answer();
    Recorder recorder = call.record();
    std::optional<Recorder::Pause> outer(recorder.pause());
    std::optional<Recorder::Pause> inner(recorder.pause());
    outer.reset();
    inner.reset();
  });

  world.caller("anna", stays);
  world.loop.run();

  const auto pauses = world.entries(events::recording_paused);
  REQUIRE(pauses.size() == 2);
  CHECK(pauses[0].data.at("paused") == Value(true));
  CHECK(pauses[1].data.at("paused") == Value(false));
}

TEST_CASE("without a folder nothing is recorded, and the dialogue is told") {
  SimLoop loop;
  auto journal = make_memory_journal(loop);
  auto customers = make_memory_customers(loop);
  Center center(loop, *journal, *customers);
  auto driver = std::make_unique<SimDriver>();
  SimDriver& lines = *driver;
  center.add(std::move(driver));
  std::string complaint;
  center.serve("8000", [&complaint](Call call) -> Task<> {
    co_await call.answer();
    try {
      call.record();
    } catch (const Error& error) {
      complaint = error.what();
    }
  });

  lines.call("sim:anna", "sim:8000", stays);
  loop.run();

  CHECK(complaint == "nothing can be recorded: CenterOptions::recordings names no folder");
}

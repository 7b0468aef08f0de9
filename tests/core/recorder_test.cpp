// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recorder.hpp"
#include "checked_journal.hpp"

#include "core/tapped_world.hpp"
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
  auto journal = make_checked_journal(loop);
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

TEST_CASE(
    "where space is too scarce to record, the call goes on and the journal says why it is not recorded") {
  TappedWorld world;
  world.maker->refusal = ": is not recorded: the disk has 1 MB left";
  bool served = false;
  world.center->serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    Recorder recorder = call.record();
    CHECK_FALSE(recorder.running());
    co_await call.say("welcome");
    served = true;
  });

  world.caller(stays);
  world.loop.run();

  CHECK(served);
  const auto refused = world.entries(events::recording_refused);
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].data.at("reason").text().find("the disk has 1 MB left") != std::string::npos);
  CHECK(world.entries(events::recording_started).empty());
}

TEST_CASE("a recording whose file cannot be made ends by itself, says why, and the call goes on") {
  TappedWorld world;
  world.maker->failure = ": cannot be recorded to: Permission denied";
  std::vector<std::string> errors;
  world.center->serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    Recorder recorder = call.record();
    CHECK(recorder.running());
    co_await call.say("welcome");
    CHECK_FALSE(recorder.running());
    CHECK(recorder.file().empty());
    world.maker->failure.clear();
    CHECK(call.record().running());
    Task<RecordingResult> stopping = recorder.stop();
    RecordingResult result = co_await std::move(stopping);
    errors.push_back(result.error);
  });

  world.caller(stays);
  world.loop.run();

  REQUIRE(world.maker->made.size() == 2);
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].ends_with(".wav: cannot be recorded to: Permission denied"));
  const auto finished = world.entries(events::recording_finished);
  REQUIRE(finished.size() == 2);
  CHECK(finished[0].data.at("error").text() == errors[0]);
  CHECK(finished[0].data.at("file") == Value(""));
  CHECK(finished[1].data.at("error") == Value(""));
  const auto closed = world.entries(events::contact_closed);
  CHECK(closed.at(0).data.at("recordings") == Value(Value::List{world.maker->made[1]->file()}));
}

TEST_CASE("a full disk keeps a call open for 5 s at most, and the journal says what happened") {
  TappedWorld world;
  world.maker->disk_has_space = false;
  std::vector<RecordingResult> results;
  std::vector<Duration> waited;
  world.center->serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    Recorder recorder = call.record();
    co_await world.loop.sleep(10s);
    const Timestamp began = world.loop.now();
    for (int i = 0; i < 2; ++i) {
      Task<RecordingResult> stopping = recorder.stop();
      RecordingResult result = co_await std::move(stopping);
      waited.push_back(world.loop.now() - began);
      results.push_back(std::move(result));
    }
  });

  world.caller(stays);
  world.loop.run();

  REQUIRE(results.size() == 2);
  CHECK(waited == std::vector<Duration>{5s, 5s});
  CHECK(results[1].error == "the disk did not take its end in time; it is written as soon as there is space");
  CHECK(results[1].file == world.maker->made[0]->file());
  CHECK(results[0].length == 10s);
  const auto finished = world.entries(events::recording_finished);
  REQUIRE(finished.size() == 1);
  CHECK(finished[0].data.at("error").text() == results[0].error);
  CHECK(world.entries(events::contact_closed).size() == 1);
}

TEST_CASE("a pause has a reason, and its gap is in the journal with place and length") {
  World world;
  world.center.serve("8000", [&world](Call call) -> Task<> {
    co_await call.answer();
    Recorder recorder = call.record();
    co_await world.loop.sleep(10s);
    {
      const Recorder::Pause pause = recorder.pause("card number");
      CHECK(recorder.paused());
      co_await world.loop.sleep(4s);
    }
    CHECK(!recorder.paused());
    co_await world.loop.sleep(6s);
  });

  world.caller("anna", stays);
  world.loop.run();

  CHECK(world.entries(events::recording_paused)[0].data.at("reason") == Value("card number"));
  const auto finished = world.entries(events::recording_finished);
  REQUIRE(finished.size() == 1);
  CHECK(to_json(finished[0].data.at("gaps")) ==
        R"([{"at":10.0,"left_out":false,"length":4.0,"reason":"card number"}])");
  CHECK(finished[0].data.at("length") == Value(20.0));
  CHECK(finished[0].data.at("paused") == Value(4.0));
}

TEST_CASE("a pause that somebody forgot is ended by its limit, and the journal tells") {
  World world;
  world.center.serve("8000", [&world](Call call) -> Task<> {
    co_await call.answer();
    Recorder recorder = call.record();
    const Recorder::Pause pause = recorder.pause("card number", 30s);
    co_await world.loop.sleep(1min);
    CHECK(!recorder.paused());
  });

  world.caller("anna", stays);
  world.loop.run();

  const auto expired = world.entries(events::recording_pause_expired);
  REQUIRE(expired.size() == 1);
  CHECK(expired[0].data.at("reason") == Value("card number"));
  CHECK(world.entries(events::recording_finished)[0].data.at("paused") == Value(30.0));
}

TEST_CASE("a desktop suspends and resumes a recording beside the dialogue's own pauses") {
  World world;
  world.center.serve("8000", [&world](Call call) -> Task<> {
    co_await call.answer();
    Recorder recorder = call.record();
    recorder.suspend("payment");
    co_await world.loop.sleep(10s);
    {
      const Recorder::Pause pause = recorder.pause("secret");
      recorder.resume();
      CHECK(recorder.paused());
      co_await world.loop.sleep(5s);
    }
    CHECK(!recorder.paused());
    recorder.suspend("payment");
    co_await world.loop.sleep(20min);
    CHECK(!recorder.paused());
  });

  world.caller("anna", stays);
  world.loop.run();

  CHECK(to_json(world.entries(events::recording_finished)[0].data.at("gaps")) ==
        R"([{"at":0.0,"left_out":false,"length":10.0,"reason":"payment"},)"
        R"({"at":10.0,"left_out":false,"length":5.0,"reason":"secret"},)"
        R"({"at":15.0,"left_out":false,"length":600.0,"reason":"payment"}])");
  CHECK(world.entries(events::recording_pause_expired).size() == 1);
}

// SPDX-License-Identifier: Apache-2.0
#include "core/listening.hpp"

#include <optional>

#include "core/audible_world.hpp"
#include "vcsr/media/tone.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

void beats(AudibleDriver& lines, std::initializer_list<double> hertz, Duration length) {
  for (int i = 0; i < 4; ++i) {
    lines.sound(tone(hertz, length));
    lines.sound(silence(length));
  }
}

Task<> detect(Call call, std::optional<Answerer>& answerer) { answerer = co_await call.detect_answerer(); }

}  // namespace

TEST_CASE("a busy tone in the early audio ends the ringing as busy") {
  AudibleWorld world;

  beats(*world.lines, {480, 620}, 500ms);
  world.loop.run_for(1s);

  REQUIRE(world.outgoing);
  CHECK(world.outgoing->reached == Reached::busy);
  CHECK(world.outgoing->cause == Cause::busy);
  CHECK(world.progress() == std::vector<std::string>{"sound", "busy"});
}

TEST_CASE("a reorder tone is congestion, and three rising tones are a number that does not exist") {
  AudibleWorld congested, gone;

  beats(*congested.lines, {480, 620}, 240ms);
  for (const double hertz : {950.0, 1400.0, 1800.0}) gone.lines->sound(tone({hertz}, 320ms));
  congested.loop.run_for(1s);
  gone.loop.run_for(1s);

  REQUIRE(congested.outgoing);
  REQUIRE(gone.outgoing);
  CHECK(congested.outgoing->cause == Cause::congestion);
  CHECK(congested.outgoing->reached == Reached::unreachable);
  CHECK(gone.outgoing->cause == Cause::not_found);
}

TEST_CASE("a ringing tone is noted and the ringing goes on") {
  AudibleWorld world;

  world.lines->sound(tone({440, 480}, 2s));
  world.lines->sound(silence(4s));
  world.loop.run_for(1s);

  CHECK_FALSE(world.outgoing);
  CHECK(world.progress() == std::vector<std::string>{"sound", "ringing"});
  world.answer();
  CHECK(world.outgoing->reached == Reached::answered);
}

TEST_CASE("nobody listens any more once a call is answered, and who answered is found by listening anew") {
  AudibleWorld world;
  world.answer();
  CHECK_FALSE(world.lines->leg->ear);
  std::optional<Answerer> answerer;
  world.scope.spawn(detect(*world.outgoing->call, answerer));
  world.loop.run_for(100ms);

  world.lines->sound(tone({2100}, 1s));
  world.loop.run_for(100ms);

  REQUIRE(answerer);
  CHECK(answerer->kind == Answerer::Kind::fax);
  CHECK_FALSE(world.lines->leg->ear);
  const auto entries = world.entries(events::contact_answerer);
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].data.at("kind").text() == "fax");
}

TEST_CASE("a line that gives no audio at all is answered by somebody unknown, in time") {
  AudibleWorld world;
  world.answer();
  std::optional<Answerer> answerer;
  world.scope.spawn(detect(*world.outgoing->call, answerer));

  world.loop.run_for(30s);

  REQUIRE(answerer);
  CHECK(answerer->kind == Answerer::Kind::unknown);
}

TEST_CASE("a customer who hangs up ends the listening with Hangup") {
  AudibleWorld world;
  world.answer();
  bool gone = false;
  auto watch = [&gone](Call call) -> Task<> {
    try {
      const Answerer answerer = co_await call.detect_answerer();
      static_cast<void>(answerer);
    } catch (const Hangup&) {
      gone = true;
    }
  };
  world.scope.spawn(watch(*world.outgoing->call));
  world.loop.run_for(100ms);

  world.lines->leg->listener->on_hung_up(Cause::normal);
  world.loop.run_for(100ms);

  CHECK(gone);
}

TEST_CASE("virtual telephones declare what answers them") {
  World world;
  world.driver->set_phone("2000", {.behavior = stays, .answerer = Answerer::Kind::machine});
  std::optional<Answerer> answerer;
  auto listen = [&answerer](Call call) -> Task<> { answerer = co_await call.detect_answerer(); };
  Task<Reached> calling = world.center.call("sim:2000", listen);
  calling.start();

  world.loop.run_for(1min);

  REQUIRE(answerer);
  CHECK(answerer->kind == Answerer::Kind::machine);
  CHECK(answerer->confidence == 1);
}

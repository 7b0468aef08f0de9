// SPDX-License-Identifier: Apache-2.0
#include "core/call_ears.hpp"

#include "core/audible_world.hpp"
#include "core/tapped_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// Counts what it hears.
struct Counter final : AudioTap {
  void on_audio(const TapFrame& frame) noexcept override {
    ++(frame.heard[0] == silence_of(frame.codec) && frame.sent[0] == silence_of(frame.codec) ? silent : loud);
  }
  int loud = 0, silent = 0;
};

/// A customer who is there, whose calls may be recorded.
struct Room : AudibleWorld {
  explicit Room(std::shared_ptr<CountingMaker> maker = nullptr) : AudibleWorld(nullptr, options(maker)) {
    answer();
    call = outgoing->call;
    REQUIRE(call);
  }
  static CenterOptions options(std::shared_ptr<CountingMaker> maker) {
    CenterOptions options;
    if (maker) options.recordings = "recordings";
    options.recording_maker = std::move(maker);
    return options;
  }
  /// One frame that is not silence.
  void speak() {
    const std::vector<std::int16_t> samples(frame_samples, 5000);
    lines->sound(std::make_shared<Sound>(samples));
  }

  std::optional<Call> call;
};

Task<> ask(Call call) {
  Task<Secret> asking = call.ask_secret(Prompt("welcome"));
  Secret secret = co_await std::move(asking);
}

}  // namespace

TEST_CASE("somebody hears a call that nobody records, and one that nobody hears has no ear") {
  Room room;
  CHECK_FALSE(room.lines->leg->ear);
  const auto counter = std::make_shared<Counter>();
  {
    const Call::Listening listening = room.call->overhear(counter);
    room.speak();
  }
  room.speak();

  CHECK(counter->loud == 1);
  CHECK_FALSE(room.lines->leg->ear);
}

TEST_CASE("four may listen at once, beside a detector") {
  Room room;
  const auto counter = std::make_shared<Counter>();
  std::vector<Call::Listening> all;
  for (int i = 0; i < 4; ++i) all.push_back(room.call->overhear(counter));
  CHECK_THROWS_WITH_AS(static_cast<void>(room.call->overhear(counter)),
                       "as many as may already listen to this call", Error);

  room.scope.spawn([](Call call) -> Task<> {
    Answerer answerer = co_await call.detect_answerer();
    static_cast<void>(answerer);
  }(*room.call));
  room.speak();
  all.pop_back();
  room.speak();

  CHECK(counter->loud == 4 + 3);
}

TEST_CASE("while a secret is asked for listeners hear silence, and so who begins meanwhile") {
  Room room;
  const auto counter = std::make_shared<Counter>(), late = std::make_shared<Counter>();
  const Call::Listening listening = room.call->overhear(counter);
  room.scope.spawn(ask(*room.call));
  const Call::Listening another = room.call->overhear(late);

  room.speak();

  CHECK(counter->loud == 0);
  CHECK(counter->silent == 1);
  CHECK(late->silent == 1);
}

TEST_CASE("while the recording of the call pauses, listeners hear silence as well") {
  SimLoop unused;
  Room room(std::make_shared<CountingMaker>(unused));
  const auto counter = std::make_shared<Counter>();
  const Call::Listening listening = room.call->overhear(counter);
  Recorder recorder = room.call->record();
  {
    const Recorder::Pause pause = recorder.pause("card");
    room.speak();
    CHECK(counter->silent == 1);
  }
  room.speak();

  CHECK(counter->loud == 1);
}

TEST_CASE("when the call is over the ear is let go, whoever holds the token") {
  Room room;
  auto counter = std::make_shared<Counter>();
  const std::weak_ptr<Counter> ear = counter;
  const Call::Listening listening = room.call->overhear(std::move(counter));

  room.call->hang_up();

  CHECK(ear.expired());
  CHECK_THROWS_AS(static_cast<void>(room.call->overhear(std::make_shared<Counter>())), Hangup);
}

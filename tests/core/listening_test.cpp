// SPDX-License-Identifier: Apache-2.0
#include "core/listening.hpp"

#include <optional>

#include "core/world.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/tone.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// A line whose audio the test makes.
class AudibleLeg final : public Leg {
 public:
  explicit AudibleLeg(LegListener& listener) : listener(&listener) {}
  void listen(LegListener& another) override { listener = &another; }
  void ring() override {}
  void answer() override {}
  void hang_up(Cause) override {}
  void play(const Prompt&, const std::string&, PlayOptions) override {}
  void stop_playing() override {}
  void send_digits(const std::string&) override {}
  void hear(Leg&, bool) override {}
  void disconnect() override {}
  void hold() override {}
  void retrieve() override {}
  void refer(const Address&) override {}
  void tap(std::shared_ptr<AudioTap>) override {}
  void overhear(std::shared_ptr<AudioTap> listening) override { ear = std::move(listening); }

  LegListener* listener;
  std::shared_ptr<AudioTap> ear;
};

class AudibleDriver final : public Driver {
 public:
  std::string_view name() const override { return "audible"; }
  Capabilities capabilities() const override { return {.dials = true, .transfers = false, .taps = true}; }
  bool reaches(const Address& to) const override { return to.scheme() == "audible"; }
  void start(Loop& loop, Reception&) override { loop_ = &loop; }
  void stop() override {}
  std::unique_ptr<Leg> dial(const Address&, LegListener& listener, const DialOptions&) override {
    auto made = std::make_unique<AudibleLeg>(listener);
    leg = made.get();
    return made;
  }

  /// The party's sound, 20 ms at a time; what comes after the ear has gone is not heard.
  void sound(const SoundPtr& sound) {
    for (std::size_t at = 0; at + frame_samples <= sound->samples().size(); at += frame_samples) {
      const auto heard = sound->encoded(Codec::pcmu).subspan(at, frame_samples);
      if (leg->ear) leg->ear->on_audio({Codec::pcmu, heard, heard});
    }
  }

  AudibleLeg* leg = nullptr;

 private:
  Loop* loop_ = nullptr;
};

struct AudibleWorld : World {
  AudibleWorld() {
    auto made = std::make_unique<AudibleDriver>();
    lines = made.get();
    center.add(std::move(made));
    scope.spawn(dial(center, outgoing));
    loop.run_for(100ms);
  }
  static Task<> dial(Center& center, std::optional<Outgoing>& outgoing) {
    outgoing = co_await center.call("audible:anna");
  }
  void answer() {
    lines->leg->listener->on_answered();
    loop.run_for(100ms);
  }
  std::vector<std::string> progress() {
    std::vector<std::string> all;
    for (const JournalEntry& entry : entries(events::contact_progress))
      all.push_back(entry.data.at("heard").text());
    return all;
  }

  AudibleDriver* lines = nullptr;
  std::optional<Outgoing> outgoing;
  Scope scope{loop};
};

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

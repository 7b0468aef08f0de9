// SPDX-License-Identifier: Apache-2.0
#include "tools/scripted_call.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/together.hpp"
#include "vcsr/media/tone.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

std::string length_of(const Sound& sound) {
  return std::to_string(sound.duration() / std::chrono::milliseconds(1)) + " ms";
}

/// A leg whose far side is the test.
class FakeLeg final : public Leg {
 public:
  struct Wire {
    LegListener* listener = nullptr;
    std::shared_ptr<AudioTap> tap;
    std::vector<std::string> done;
  };
  explicit FakeLeg(std::shared_ptr<Wire> wire) : wire_(std::move(wire)) {}
  ~FakeLeg() override { wire_->tap.reset(); }

  void listen(LegListener& listener) override { wire_->listener = &listener; }
  void ring() override { note("ring"); }
  void answer() override { note("answer"); }
  void hang_up(Cause cause) override { note(std::string("hang up ") + to_string(cause)); }
  void play(const Prompt& prompt, const std::string& language, PlayOptions) override {
    const bool words = prompt.parts()[0].kind == Prompt::Kind::words;
    note("play " + (words ? prompt.parts()[0].text : length_of(*prompt.parts()[0].sound)) + " in " +
         language);
  }
  void stop_playing() override {}
  void send_digits(const std::string& digits) override { note("digits " + digits); }
  void hear(Leg&, bool) override {}
  void disconnect() override {}
  void hold() override { note("hold"); }
  void retrieve() override { note("retrieve"); }
  void refer(const Address& target) override { note("refer " + target.uri); }
  void tap(std::shared_ptr<AudioTap> tap) override { wire_->tap = std::move(tap); }

 private:
  void note(std::string what) { wire_->done.push_back(std::move(what)); }
  std::shared_ptr<Wire> wire_;
};

/// A script that runs against the test in virtual time.
struct Stage {
  explicit Stage(const char* text, ScriptRole role = ScriptRole::caller)
      : script(parse_call_script(text, "a.call", "/", role)) {
    wire->listener = &call;
    call.take(std::make_unique<FakeLeg>(wire), nullptr);
    scope.spawn(play());
  }

  Task<> play() {
    const bool good = co_await call.play();
    result = good;
  }
  void at(Duration when, std::function<void()> what) { loop.at(Timestamp(when), std::move(what)); }
  void sounds(Duration when, SoundPtr sound) {
    at(when, [this, sound] {
      const auto bytes = sound->encoded(Codec::pcmu);
      const std::vector<std::uint8_t> nothing(frame_samples, silence_of(Codec::pcmu));
      for (std::size_t at = 0; wire->tap && at + frame_samples <= bytes.size(); at += frame_samples)
        wire->tap->on_audio({Codec::pcmu, bytes.subspan(at, frame_samples), nothing});
    });
  }

  SimLoop loop;
  Story story{loop, Story::Format::silent};
  std::vector<Step> script;
  std::shared_ptr<FakeLeg::Wire> wire = std::make_shared<FakeLeg::Wire>();
  ScriptedCall call{loop, script, story};
  std::optional<bool> result;
  Scope scope{loop};
};

}  // namespace

TEST_CASE("a script that comes off ends the call and succeeds") {
  Stage stage("wait 1s; digits 12; say \"hello\"; hold; retrieve; hang up");
  stage.at(2s, [&] { stage.wire->listener->on_digits_sent(); });
  stage.at(3s, [&] { stage.wire->listener->on_played(); });

  stage.loop.run();

  CHECK(stage.result == true);
  CHECK(stage.wire->done ==
        std::vector<std::string>{"digits 12", "play hello in en", "hold", "retrieve", "hang up normal"});
}

TEST_CASE("a tone sounds as long as it was asked for") {
  Stage stage("tone 440 2s");
  stage.at(2s, [&] { stage.wire->listener->on_played(); });

  stage.loop.run();

  CHECK(stage.result == true);
  CHECK(stage.wire->done == std::vector<std::string>{"play 2000 ms in en", "hang up normal"});
}

TEST_CASE("a script without hang up hangs up at its end") {
  Stage stage("wait 1s");

  stage.loop.run();

  CHECK(stage.result == true);
  CHECK(stage.wire->done == std::vector<std::string>{"hang up normal"});
}

TEST_CASE("a far side that leaves fails the step in hand and what would follow") {
  Stage stage("wait 10s; digits 1");
  stage.at(2s, [&] { stage.wire->listener->on_hung_up(Cause::busy); });

  stage.loop.run();

  CHECK(stage.result == false);
  CHECK(stage.loop.now() == Timestamp(2s));
}

TEST_CASE("a hang-up that is expected is a success, one that does not come a failure") {
  Stage good("expect hangup within 10s"), bad("expect hangup within 10s");
  good.at(9s, [&] { good.wire->listener->on_hung_up(Cause::normal); });

  good.loop.run();
  bad.loop.run();

  CHECK(good.result == true);
  CHECK(bad.result == false);
  CHECK(bad.loop.now() == Timestamp(10s));
}

TEST_CASE("expected digits may have come before and are used up") {
  Stage stage("wait 2s; expect digits 12; expect digits 2 within 1s");
  for (const char digit : {'9', '1', '2'})
    stage.at(1s, [&stage, digit] { stage.wire->listener->on_digit(digit); });

  stage.loop.run();

  CHECK(stage.result == false);
  CHECK(stage.loop.now() == Timestamp(3s));
}

TEST_CASE("the tone that is expected is waited for, another does not do") {
  Stage good("expect tone 440 within 5s"), bad("expect tone 440 within 5s");
  good.sounds(1s, tone({600}, 200ms));
  good.sounds(3s, tone({440}, 200ms));
  bad.sounds(1s, tone({600}, 200ms));

  good.loop.run_until(Timestamp(4s));
  bad.loop.run();

  CHECK(good.result == true);
  CHECK(bad.result == false);
}

TEST_CASE("silence must last from the step's beginning on") {
  Stage stage("wait 4s; expect silence 2s; expect voice within 1s");
  stage.sounds(5s, tone({440}, 200ms));
  stage.sounds(6s, silence(200ms));

  stage.loop.run_until(Timestamp(7900ms));
  CHECK_FALSE(stage.result.has_value());
  stage.loop.run();

  CHECK(stage.result == false);
  CHECK(stage.loop.now() == Timestamp(9s));
}

TEST_CASE("a telephone rings and answers before it speaks") {
  Stage stage("ring 2s; answer; say \"hello\" in zh; expect hangup", ScriptRole::phone);
  stage.at(3s, [&] { stage.wire->listener->on_answered(); });
  stage.at(4s, [&] { stage.wire->listener->on_played(); });
  stage.at(5s, [&] { stage.wire->listener->on_hung_up(Cause::normal); });

  stage.loop.run();

  CHECK(stage.result == true);
  CHECK(stage.wire->done[2] == "play hello in zh");
}

TEST_CASE("a busy telephone refuses") {
  Stage stage("busy", ScriptRole::phone);

  stage.loop.run();

  CHECK(stage.result == true);
  CHECK(stage.wire->done[0] == "hang up busy");
}

TEST_CASE("what cannot be played fails the script") {
  Stage stage("say \"hello\"; wait 1s");
  stage.at(1s, [&] { stage.wire->listener->on_play_failed("no voice"); });

  stage.loop.run();

  CHECK(stage.result == false);
  CHECK(stage.loop.now() == Timestamp(1s));
}

TEST_CASE("a transfer succeeds when the target answered") {
  Stage good("refer sip:1002"), bad("refer sip:1002");
  good.at(1s, [&] { good.wire->listener->on_referred(Cause::normal); });
  bad.at(1s, [&] { bad.wire->listener->on_referred(Cause::busy); });

  good.loop.run();
  bad.loop.run();

  CHECK(good.result == true);
  CHECK(bad.result == false);
}

TEST_CASE("a call that nobody answers is given up") {
  SimLoop loop;
  const Story story(loop, Story::Format::silent);
  const std::vector<Step> script;
  ScriptedCall call(loop, script, story);
  auto wire = std::make_shared<FakeLeg::Wire>();
  call.take(std::make_unique<FakeLeg>(wire), nullptr);
  Task<bool> waiting = call.answered(30s);

  waiting.start();
  loop.run();

  CHECK(waiting.result() == false);
  CHECK(loop.now() == Timestamp(30s));
  CHECK(wire->done == std::vector<std::string>{"hang up normal"});
}

}  // namespace vcsr

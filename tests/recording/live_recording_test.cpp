// SPDX-License-Identifier: Apache-2.0
#include "recording/live_recording.hpp"

#include <array>
#include <cstdlib>

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"

using namespace vcsr;
using namespace vcsr::recording;

namespace {

struct Counting final : WavRecording {
  void on_audio(const TapFrame& frame) noexcept override {
    ++frames;
    if (ear) ear->on_audio(frame);
  }
  void pause(std::string) override {}
  void resume() override {}
  bool give_to(std::shared_ptr<AudioTap> all) override {
    if (!ended) ear = std::move(all);
    return !ended;
  }
  Task<RecordingResult> finish() override {
    ended = true;
    ear.reset();
    return result();
  }
  static Task<RecordingResult> result() { co_return RecordingResult{}; }

  std::shared_ptr<AudioTap> ear;
  bool ended = false;
  int frames = 0;
};

struct Making final : RecordingMaker {
  using RecordingMaker::open;
  std::shared_ptr<WavRecording> open(const std::string&, RecordingOptions) override {
    return last = std::make_shared<Counting>();
  }
  std::shared_ptr<Counting> last;
};

struct Listened {
  void speak(int frames = 1) {
    std::array<std::uint8_t, frame_samples> heard, sent;
    heard.fill(encode(Codec::pcma, 1000));
    sent.fill(encode(Codec::pcma, -2000));
    for (int i = 0; i < frames; ++i)
      recording->on_audio({.codec = Codec::pcma, .heard = heard, .sent = sent});
  }
  std::string refusal(const std::string& path) {
    try {
      live.listen(path);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  std::shared_ptr<Making> made = std::make_shared<Making>();
  LiveRecordings live;
  std::shared_ptr<RecordingMaker> maker = live.watching(made);
  std::shared_ptr<WavRecording> recording = maker->open("/a/c1.wav");
};

}  // namespace

TEST_CASE("who listens to a running recording hears customer and agent apart, from then on") {
  Listened call;
  call.speak(3);
  LiveListening first = call.live.listen("/a/c1.wav");
  call.speak();
  LiveListening second = call.live.listen("/a/c1.wav");
  call.speak();

  const std::vector<std::int16_t> heard = first.take();

  REQUIRE(heard.size() == 2 * 2 * frame_samples);
  CHECK(heard[0] == doctest::Approx(1000).epsilon(0.05));
  CHECK(heard[1] == doctest::Approx(-2000).epsilon(0.05));
  CHECK(first.take().empty());
  CHECK(second.take().size() == 2 * frame_samples);
  CHECK(call.made->last->frames == 5);
}

TEST_CASE("a listener who takes nothing loses audio, the recording does not") {
  Listened call;
  LiveListening slow = call.live.listen("/a/c1.wav");

  call.speak(250);

  CHECK(slow.lost() == 50 * frame_samples);
  CHECK(slow.take().size() == 200 * 2 * frame_samples);
  CHECK(call.made->last->frames == 250);
}

TEST_CASE("four listen at once, and a place is free again when one has left") {
  Listened call;
  std::vector<LiveListening> all;
  for (int i = 0; i < 4; ++i) all.push_back(call.live.listen("/a/c1.wav"));
  CHECK(call.refusal("/a/c1.wav") == "as many as may already listen to this recording");

  call.speak();
  all.pop_back();
  LiveListening next = call.live.listen("/a/c1.wav");

  CHECK(next.take().empty());
  CHECK_FALSE(next.over());
}

TEST_CASE("a recording that has ended cannot be heard live any more, and its listeners know") {
  Listened call;
  LiveListening listening = call.live.listen("/a/c1.wav");
  call.speak();

  Task<RecordingResult> ending = call.recording->finish();
  CHECK(listening.over());
  CHECK(listening.take().size() == 2 * frame_samples);
  CHECK(call.refusal("/a/c1.wav") == "/a/c1.wav: is not recorded just now");
  call.recording.reset();
  CHECK(call.refusal("/a/c1.wav") == "/a/c1.wav: is not recorded just now");
  CHECK(call.refusal("/a/c2.wav") == "/a/c2.wav: is not recorded just now");
}

TEST_CASE("a call is heard that nobody records, until it lets the ear go") {
  LiveEar ear = make_live_ear();
  std::array<std::uint8_t, frame_samples> heard, sent;
  heard.fill(encode(Codec::pcma, 1000));
  sent.fill(encode(Codec::pcma, -2000));

  ear.tap->on_audio({.codec = Codec::pcma, .heard = heard, .sent = sent});

  const std::vector<std::int16_t> samples = ear.listening.take();
  REQUIRE(samples.size() == 2 * frame_samples);
  CHECK(std::abs(samples[0] - 1000) < 50);
  CHECK(std::abs(samples[1] + 2000) < 100);
  CHECK_FALSE(ear.listening.over());
  ear.tap.reset();
  CHECK(ear.listening.over());
  CHECK(ear.listening.take().empty());
}

// SPDX-License-Identifier: Apache-2.0
#include "media/recording/leg_recording.hpp"

#include <doctest/doctest.h>

#include "media/recording/recording_frames.hpp"
#include "temporary_folder.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/wav.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t loud = 0x11, quiet = 0xd5;

struct Studio {
  std::shared_ptr<WavRecording> open(RecordingOptions options) { return writer.open(path, options); }

  /// How many frames in the file are loud on the left.
  int loud_frames() const {
    const std::vector<std::int16_t> left = read_wav(path).channel(0);
    int count = 0;
    for (std::size_t at = 0; at < left.size(); at += frame_samples) count += std::abs(left[at]) > 1000;
    return count;
  }

  TemporaryFolder folder;
  const std::string path = folder / "a.wav";
  AsioLoop loop;
  RecordingWriter writer{loop};
};

Duration left_out(const RecordingResult& result) {
  Duration sum{};
  for (const RecordingGap& gap : result.gaps)
    if (gap.left_out) sum += gap.length;
  return sum;
}

}  // namespace

TEST_CASE("every pause is in the list of gaps, with its reason, its place and its length") {
  Studio studio;
  const auto recording = studio.open({});

  feed(*recording, 50);
  recording->pause("card number");
  feed(*recording, 25);
  recording->resume();
  feed(*recording, 10);
  recording->pause("desktop");
  feed(*recording, 5);
  recording->pause("secret");
  feed(*recording, 5);
  const RecordingResult result = finished(studio.loop, *recording);

  CHECK(result.gaps == std::vector<RecordingGap>{{1s, 500ms, "card number", false},
                                                 {1700ms, 100ms, "desktop", false},
                                                 {1800ms, 100ms, "secret", false}});
  CHECK(result.length == 1900ms);
  CHECK(result.paused == 700ms);
  CHECK(studio.loud_frames() == 60);
}

TEST_CASE("pauses can be left out: the file goes on without them, and the gaps say so") {
  Studio studio;
  const auto recording = studio.open({.leave_out_pauses = true});

  feed(*recording, 50);
  recording->pause("card number");
  feed(*recording, 25);
  recording->resume();
  feed(*recording, 10);
  const RecordingResult result = finished(studio.loop, *recording);

  CHECK(result.gaps == std::vector<RecordingGap>{{1s, 500ms, "card number", true}});
  CHECK(result.length == 1200ms);
  CHECK(result.paused == 0s);
  CHECK(studio.loud_frames() == 60);
}

TEST_CASE("a recording of speech leaves out where nobody speaks, and loses no word") {
  Studio studio;
  const auto recording = studio.open({.only_speech = true});

  feed(*recording, 100, quiet, quiet);
  feed(*recording, 50, loud, quiet);
  feed(*recording, 400, quiet, quiet);
  feed(*recording, 50, loud, quiet);
  feed(*recording, 400, quiet, quiet);
  feed(*recording, 50, quiet, loud);
  const RecordingResult result = finished(studio.loop, *recording);

  REQUIRE(result.gaps.size() == 3);
  CHECK(result.gaps[0].at == 0s);
  CHECK(result.gaps[0].length == 1800ms);  // the 200 ms before the first word are kept
  CHECK(result.gaps[0].reason == "silence");
  CHECK(result.gaps[1].length + result.gaps[2].length < 12s);
  CHECK(left_out(result) + result.length == 21s);
  CHECK(studio.loud_frames() == 100);
}

TEST_CASE("what is said while a recording of speech is paused does not come back as the word before") {
  Studio studio;
  const auto recording = studio.open({.only_speech = true});

  feed(*recording, 10, quiet, quiet);
  recording->pause("secret");
  feed(*recording, 50, loud, quiet);
  recording->resume();
  feed(*recording, 5, loud, quiet);
  const RecordingResult result = finished(studio.loop, *recording);

  CHECK(studio.loud_frames() == 5);
  REQUIRE(result.gaps.size() == 2);
  CHECK(result.gaps[1].reason == "secret");
  CHECK(result.gaps[1].length == 1s);
}

TEST_CASE("a recording tells how long the party has been quiet, whatever it hears") {
  Studio studio;
  const auto recording = studio.open({.watch_silence = true});

  feed(*recording, 50, quiet, loud);
  CHECK(recording->quiet() == 1s);
  feed(*recording, 1, loud, quiet);
  CHECK(recording->quiet() == 0s);
  feed(*recording, 25, quiet, quiet);
  CHECK(recording->quiet() == 500ms);

  CHECK(finished(studio.loop, *recording).length == 1520ms);
}

TEST_CASE("who is given a recording's audio hears all of it, silence while it is paused, and knows its end") {
  struct Ear final : AudioTap {
    void on_audio(const TapFrame& frame) noexcept override {
      heard.push_back(frame.heard.front());
      sent.push_back(frame.sent.back());
    }
    std::vector<std::uint8_t> heard, sent;
  };
  Studio studio;
  const auto recording = studio.open({.leave_out_pauses = true, .only_speech = true});
  auto ear = std::make_shared<Ear>();

  feed(*recording, 1);
  REQUIRE(recording->give_to(ear));
  feed(*recording, 1, loud, 0x22);
  recording->pause("card number");
  feed(*recording, 1, loud, loud);
  recording->resume();
  feed(*recording, 1, quiet, 0x22);

  CHECK(ear->heard == std::vector<std::uint8_t>{loud, quiet, quiet});
  CHECK(ear->sent == std::vector<std::uint8_t>{0x22, quiet, 0x22});
  CHECK_FALSE(recording->give_to(std::make_shared<Ear>()));
  finished(studio.loop, *recording);
  CHECK(ear.use_count() == 1);
  CHECK_FALSE(recording->give_to(ear));
}

TEST_CASE("both tracks are in the file sample by sample") {
  Studio studio;
  const auto recording = studio.open({});
  std::array<std::uint8_t, frame_samples> heard, sent;
  for (std::size_t i = 0; i < frame_samples; ++i) {
    heard[i] = static_cast<std::uint8_t>(i);
    sent[i] = static_cast<std::uint8_t>(255 - i);
  }

  recording->on_audio({.codec = Codec::pcmu, .heard = heard, .sent = sent});
  finished(studio.loop, *recording);

  const WavAudio audio = read_wav(studio.path);
  AudioFrame left{}, right{};
  decode(Codec::pcmu, heard, left);
  decode(Codec::pcmu, sent, right);
  CHECK(audio.channel(0) == std::vector<std::int16_t>(left.begin(), left.end()));
  CHECK(audio.channel(1) == std::vector<std::int16_t>(right.begin(), right.end()));
}

TEST_CASE("noise on the line is not speech, and speech over it is") {
  SpeechWatch watch;
  std::array<std::uint8_t, frame_samples> frame;
  const auto hears = [&](std::uint8_t byte, int frames) {
    frame.fill(byte);
    int spoken = 0;
    for (int i = 0; i < frames; ++i) spoken += watch.hear(Codec::pcma, frame);
    return spoken;
  };

  CHECK(hears(0xd5 ^ 0x1f, 1000) == 0);  // about -40 dB
  CHECK(hears(loud, 500) == 500);
  CHECK(hears(0xd5 ^ 0x1f, 100) == 0);
}

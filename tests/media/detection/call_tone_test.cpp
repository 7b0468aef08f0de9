// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/call_tone.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "vcsr/media/g711.hpp"
#include "vcsr/media/speech.hpp"
#include "vcsr/media/tone.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

using Samples = std::vector<std::int16_t>;

Samples operator+(Samples left, const SoundPtr& right) {
  left.insert(left.end(), right->samples().begin(), right->samples().end());
  return left;
}

Samples repeated(std::initializer_list<double> hertz, Duration on, Duration off, int times,
                 double level = -16) {
  Samples samples(117);  // so that tones begin somewhere within a frame
  for (int i = 0; i < times; ++i) samples = samples + tone(hertz, on, level) + silence(off);
  return samples;
}

/// As it sounds after G.711, over a line with noise.
Samples on_the_line(Samples samples, double noise) {
  std::mt19937 random(7);
  std::normal_distribution<double> hiss(0, noise);
  for (std::int16_t& sample : samples) {
    const double sum = std::clamp(sample + hiss(random), -32000.0, 32000.0);
    sample = decode(Codec::pcma, encode(Codec::pcma, static_cast<std::int16_t>(sum)));
  }
  return samples;
}

std::string heard_in(const Samples& samples) {
  CallToneDetector detector;
  std::set<std::string> all;
  for (std::size_t at = 0; at < samples.size(); at += 37) {
    const std::size_t count = std::min<std::size_t>(37, samples.size() - at);
    if (const auto tone = detector.feed(std::span(samples).subspan(at, count))) all.insert(to_string(*tone));
  }
  std::string text;
  for (const std::string& one : all) text += (text.empty() ? "" : " ") + one;
  return text;
}

Samples sit() {
  return Samples(53) + tone({985.2}, 380ms, -16) + tone({1428.5}, 274ms, -16) + tone({1776.7}, 380ms, -16);
}

}  // namespace

TEST_CASE("the tones of exchanges are told by their cadence, in whatever country") {
  struct Row {
    std::string country;
    Samples samples;
    std::string expected;
  };
  const Row rows[] = {
      {"busy, United States", repeated({480, 620}, 500ms, 500ms, 4), "busy"},
      {"busy, China", repeated({450}, 350ms, 350ms, 4), "busy"},
      {"busy, Germany", repeated({425}, 480ms, 480ms, 4), "busy"},
      {"busy, United Kingdom", repeated({400}, 375ms, 375ms, 4), "busy"},
      {"reorder, United States", repeated({480, 620}, 250ms, 250ms, 6), "reorder"},
      {"congestion, Germany", repeated({425}, 240ms, 240ms, 6), "reorder"},
      {"congestion, China", repeated({450}, 700ms, 700ms, 4), "reorder"},
      {"ringing, United States", repeated({440, 480}, 2s, 4s, 2), "ringing"},
      {"ringing, China", repeated({450}, 1s, 4s, 2), "ringing"},
      {"dial tone, United States", repeated({350, 440}, 4s, 0s, 1), "dial"},
      {"number out of service", sit(), "sit"},
      {"fax that calls", repeated({1100}, 500ms, 3s, 2), "fax_calling"},
      {"fax that answers", repeated({2100}, 3s, 75ms, 1), "fax_answering"},
  };

  for (const Row& row : rows) {
    CAPTURE(row.country);
    CHECK(heard_in(row.samples) == row.expected);
    CHECK(heard_in(on_the_line(row.samples, 60)) == row.expected);
  }
}

TEST_CASE("quiet tones are heard, very quiet ones are not") {
  CHECK(heard_in(repeated({480, 620}, 500ms, 500ms, 4, -30)) == "busy");
  CHECK(heard_in(repeated({480, 620}, 500ms, 500ms, 4, -60)).empty());
}

TEST_CASE("speech, silence, noise and digits are none of these tones") {
  const std::unique_ptr<Synthesizer> speaker = make_espeak_synthesizer();
  const Sound english = speaker->speak(
      "The number you have dialed is not in service. Please check the number and dial again. "
      "Hello, this is Anna, I cannot come to the phone right now, please leave a message.",
      "en");
  const Sound chinese = speaker->speak("您好，您拨打的电话暂时无法接通，请稍后再拨。", "zh");

  CHECK(heard_in({english.samples().begin(), english.samples().end()}).empty());
  CHECK(heard_in({chinese.samples().begin(), chinese.samples().end()}).empty());
  CHECK(heard_in(Samples(80000)).empty());
  CHECK(heard_in(on_the_line(Samples(80000), 2000)).empty());
  CHECK(heard_in(Samples() + dtmf_tones("0123456789*#", 300ms, 300ms)).empty());
}

TEST_CASE("a single beat is no busy tone") {
  CHECK(heard_in(repeated({480, 620}, 500ms, 500ms, 1) + silence(1s)).empty());
}

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "media/level.hpp"
#include "vcsr/media/dtmf.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/speech.hpp"
#include "vcsr/media/tone.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

using Samples = std::vector<std::int16_t>;
const std::string all_digits = "0123456789*#ABCD";

Samples digits_at(double level_dbm0, const std::string& digits = all_digits, Duration on = 80ms,
                  Duration off = 80ms) {
  const SoundPtr sound = dtmf_tones(digits, on, off);
  const double gain = std::pow(10, (level_dbm0 + 10) / 20);  // dtmf_tones gives -10 dBm0
  Samples samples;
  for (const std::int16_t sample : sound->samples())
    samples.push_back(static_cast<std::int16_t>(std::lround(sample * gain)));
  return samples;
}

Samples through(Codec codec, const Samples& samples) {
  std::vector<std::uint8_t> bytes(samples.size());
  Samples out(samples.size());
  encode(codec, samples, bytes);
  decode(codec, bytes, out);
  return out;
}

Samples noisy(Samples samples, double level_dbfs) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, 32768 * std::pow(10, level_dbfs / 20));
  for (std::int16_t& sample : samples)
    sample = static_cast<std::int16_t>(std::clamp(std::lround(sample + noise(random)), -32768L, 32767L));
  return samples;
}

/// Frame by frame, as a call would.
std::string heard(const Samples& samples) {
  DtmfDetector detector;
  std::string digits;
  const std::span all(samples);
  for (std::size_t at = 0; at < all.size(); at += frame_samples)
    digits += detector.feed(all.subspan(at, std::min(frame_samples, all.size() - at)));
  return digits;
}

}  // namespace

TEST_CASE("every digit is found once, in both laws and at every level Q.24 asks for") {
  for (const double level : {-3.0, -10.0, -20.0, -25.0}) {
    CAPTURE(level);
    const Samples samples = digits_at(level);
    CHECK(heard(samples) == all_digits);
    CHECK(heard(through(Codec::pcmu, samples)) == all_digits);
    CHECK(heard(through(Codec::pcma, samples)) == all_digits);
  }
}

TEST_CASE("a repeated digit counts as often as it is pressed, a held one once") {
  CHECK(heard(digits_at(-10, "1122", 60ms, 60ms)) == "1122");
  CHECK(heard(digits_at(-10, "9", 5s, 100ms)) == "9");
}

TEST_CASE("digits are found in noise 20 dB below them") {
  CHECK(heard(noisy(digits_at(-10), -30 - 3.14)) == all_digits);
  CHECK(heard(noisy(digits_at(-25), -45 - 3.14)) == all_digits);
}

TEST_CASE("noise, tones of the network and silence are no digits") {
  CHECK(heard(noisy(Samples(160000), -20)).empty());
  CHECK(heard(Samples(80000)).empty());
  const SoundPtr ringing = ringing_tone();
  CHECK(heard(Samples(ringing->samples().begin(), ringing->samples().end())).empty());
  const SoundPtr dial = tone({350, 440}, 5s);
  CHECK(heard(Samples(dial->samples().begin(), dial->samples().end())).empty());
}

TEST_CASE("digits are told in one piece when all audio comes at once") {
  DtmfDetector detector;
  std::string many;
  for (int i = 0; i < 20; ++i) many += all_digits;

  CHECK(detector.feed(digits_at(-10, many, 60ms, 60ms)) == many);
}

TEST_CASE("a detector that moves keeps what it heard") {
  const Samples samples = digits_at(-10, "3", 100ms, 100ms);
  DtmfDetector first;
  std::string digits = first.feed(std::span(samples).first(100));

  DtmfDetector second = std::move(first);
  digits += second.feed(std::span(samples).subspan(100));

  CHECK(digits == "3");
}

TEST_CASE("a minute of speech holds no digits") {
  const auto espeak = make_espeak_synthesizer();
  const std::string english =
      "Welcome to the bank. For your balance, press one. To report a lost card, press two. To speak to an "
      "adviser, "
      "press zero, or stay on the line. Calls may be recorded for training and quality. Every evening the "
      "quick "
      "brown fox jumps over nine lazy dogs while seventy-six zealous musicians play jazz beyond the quiet "
      "harbor.";
  const std::string chinese =
      "欢迎致电。查询余额请按一，挂失请按二，人工服务请按零。您的通话可能会被录音，感谢您的耐心等待。";
  Duration length{};

  for (const auto& [text, language] :
       {std::pair(english, "en"), {english, "en-gb"}, {chinese, "zh"}, {english, "de"}}) {
    const Sound speech = espeak->speak(text, language);
    length += speech.duration();
    CHECK(heard(Samples(speech.samples().begin(), speech.samples().end())).empty());
  }

  CHECK(length > 50s);
}

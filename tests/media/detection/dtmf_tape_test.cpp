// SPDX-License-Identifier: Apache-2.0
// A test tape in the manner of Bellcore's and Mitel's: made by the test, so that every piece of it is known.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "vcsr/media/dtmf.hpp"
#include "vcsr/media/g711.hpp"

using namespace vcsr;

namespace {

using Samples = std::vector<std::int16_t>;
const std::string all_digits = "123A456B789C*0#D";
constexpr double rows[] = {697, 770, 852, 941}, columns[] = {1209, 1336, 1477, 1633};

/// One key press as it may come down a line.
struct Press {
  double row_dbm0 = -10, column_dbm0 = -10;
  double row_off = 0, column_off = 0;  ///< of the frequency, in percent
  double milliseconds = 60, pause = 60;
  double broken_at = 0, break_milliseconds = 0;  ///< an interruption within
};

double amplitude(double dbm0) { return 32124 * std::pow(10, (dbm0 - 3.14) / 20); }
std::size_t samples_of(double milliseconds) { return static_cast<std::size_t>(milliseconds * 8); }

class Tape {
 public:
  void press(char digit, const Press& press) {
    const std::size_t key = all_digits.find(digit);
    const double row = rows[key / 4] * (1 + press.row_off / 100);
    const double column = columns[key % 4] * (1 + press.column_off / 100);
    const std::size_t from = samples_of(press.broken_at), to = from + samples_of(press.break_milliseconds);
    for (std::size_t i = 0; i < samples_of(press.milliseconds); ++i) {
      const double time = 2 * std::numbers::pi * static_cast<double>(i) / samples_per_second;
      const double sample = amplitude(press.row_dbm0) * std::sin(row * time) +
                            amplitude(press.column_dbm0) * std::sin(column * time + 1);
      add(i >= from && i < to ? 0 : sample);
    }
    silence(press.pause);
  }
  void press_all(const Press& piece) {
    for (const char digit : all_digits) press(digit, piece);
  }
  void silence(double milliseconds) {
    for (std::size_t i = 0; i < samples_of(milliseconds); ++i) add(0);
  }
  void tone(double hertz, double dbm0, double milliseconds) {
    for (std::size_t i = 0; i < samples_of(milliseconds); ++i)
      add(amplitude(dbm0) *
          std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / samples_per_second));
  }
  /// All harmonics up to 3.4 kHz, the higher the weaker.
  void voice(double pitch, double dbm0, double milliseconds) {
    for (std::size_t i = 0; i < samples_of(milliseconds); ++i) {
      const double time = static_cast<double>(i) / samples_per_second;
      double sample = 0;
      for (int harmonic = 1; harmonic * pitch < 3400; ++harmonic)
        sample +=
            amplitude(dbm0) / harmonic * std::sin(2 * std::numbers::pi * harmonic * pitch * time + harmonic);
      add(sample);
    }
  }
  void noise(double dbm0) {
    std::normal_distribution<double> noise(0, amplitude(dbm0) / std::numbers::sqrt2);
    for (double& sample : samples_) sample += noise(random_);
  }
  /// Through µ-law, beginning at any sample of a frame.
  std::string heard(std::size_t offset = 0) const {
    Samples linear(offset);
    for (const double sample : samples_)
      linear.push_back(static_cast<std::int16_t>(std::clamp(std::lround(sample), -32768L, 32767L)));
    linear.resize(linear.size() + 800);
    std::vector<std::uint8_t> bytes(linear.size());
    encode(Codec::pcmu, linear, bytes);
    decode(Codec::pcmu, bytes, linear);
    DtmfDetector detector;
    std::string digits;
    const std::span all(linear);
    for (std::size_t at = 0; at < all.size(); at += frame_samples)
      digits += detector.feed(all.subspan(at, std::min(frame_samples, all.size() - at)));
    return digits;
  }

 private:
  void add(double sample) { samples_.push_back(sample); }

  std::vector<double> samples_;
  std::mt19937 random_{1};
};

std::string heard(const Press& press, std::size_t offset = 0) {
  Tape tape;
  tape.press_all(press);
  return tape.heard(offset);
}

}  // namespace

TEST_CASE("tones within 1.5 percent of their frequency are keys, beyond 3.5 percent they are none") {
  for (const double off : {-1.5, -0.8, 0.8, 1.5}) {
    CAPTURE(off);
    CHECK(heard({.row_off = off}) == all_digits);
    CHECK(heard({.column_off = off}) == all_digits);
    CHECK(heard({.row_off = off, .column_off = -off}) == all_digits);
  }
  for (const double off : {-6.0, -5.0, -3.5, 3.5, 5.0, 6.0}) {
    CAPTURE(off);
    CHECK(heard({.row_off = off}) == "");
    CHECK(heard({.column_off = off}) == "");
  }
}

TEST_CASE("keys are heard from 0 down to -29 dBm0 and not below -40") {
  for (double level = 0; level >= -29; level -= 1) {
    CAPTURE(level);
    CHECK(heard({.row_dbm0 = level, .column_dbm0 = level}) == all_digits);
  }
  CHECK(heard({.row_dbm0 = -40, .column_dbm0 = -40}) == "");
}

TEST_CASE("the row may be 8 dB louder than the column, the column 4 dB louder than the row") {
  for (double twist = -4; twist <= 8; twist += 1) {
    CAPTURE(twist);
    CHECK(heard({.row_dbm0 = -8, .column_dbm0 = -8 - twist}) == all_digits);
  }
  CHECK(heard({.row_dbm0 = -5, .column_dbm0 = -19}) == "");
  CHECK(heard({.row_dbm0 = -15, .column_dbm0 = -5}) == "");
}

TEST_CASE("40 ms are a key wherever they begin, 23 ms are none") {
  for (std::size_t offset = 0; offset < frame_samples; offset += 7) {
    CAPTURE(offset);
    CHECK(heard({.milliseconds = 40, .pause = 40}, offset) == all_digits);
    CHECK(heard({.milliseconds = 23, .pause = 60}, offset) == "");
  }
}

TEST_CASE("a break of 10 ms is not the end of a key, one of 40 ms is") {
  for (std::size_t offset = 0; offset < frame_samples; offset += 13) {
    CAPTURE(offset);
    CHECK(heard({.milliseconds = 120, .broken_at = 55, .break_milliseconds = 10}, offset) == all_digits);
    std::string twice;
    for (const char digit : all_digits) twice += {digit, digit};
    CHECK(heard({.milliseconds = 140, .broken_at = 50, .break_milliseconds = 40}, offset) == twice);
  }
}

TEST_CASE("keys that follow each other without a pause are told apart") {
  CHECK(heard({.milliseconds = 60, .pause = 0}) == all_digits);
}

TEST_CASE("a thousand keys are heard in noise 15 dB below them") {
  Tape tape;
  std::string pressed;
  for (int i = 0; i < 63; ++i) {
    tape.press_all({.row_dbm0 = -15, .column_dbm0 = -15});
    pressed += all_digits;
  }
  tape.noise(-15 - 15);

  CHECK(tape.heard() == pressed);
}

TEST_CASE("noise and tones that are no keys are none") {
  Tape noise;
  noise.silence(120'000);
  noise.noise(-10);
  CHECK(noise.heard() == "");

  Tape tones;
  for (double hertz = 300; hertz < 3400; hertz += 11) tones.tone(hertz, -6, 80);
  CHECK(tones.heard() == "");
}

TEST_CASE("voices whose harmonics lie where keys have their tones are no keys") {
  for (const double pitch : {110.0, 121.0, 138.0, 174.25, 193.0, 213.0, 232.3, 235.25}) {
    CAPTURE(pitch);
    Tape tape;
    tape.voice(pitch, -10, 2000);
    CHECK(tape.heard() == "");
  }
}

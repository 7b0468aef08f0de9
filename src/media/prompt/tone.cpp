// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/tone.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/media/dtmf.hpp"

namespace vcsr {

namespace {

using Samples = std::vector<std::int16_t>;

constexpr double full_scale = 32767;
constexpr double headroom_db = 3.14;  // of 0 dBm0 below full scale
constexpr std::size_t ramp_samples = samples_per_second / 200;

std::size_t samples_in(Duration duration) {
  return static_cast<std::size_t>(std::max<std::int64_t>(duration.count(), 0)) * samples_per_second /
         1'000'000;
}

void append_silence(Samples& samples, Duration duration) {
  samples.insert(samples.end(), samples_in(duration), 0);
}

void append_tone(Samples& samples, std::initializer_list<double> frequencies, Duration duration,
                 double level) {
  const std::size_t count = samples_in(duration);
  const double amplitude = full_scale * std::pow(10, (level - headroom_db) / 20);
  for (std::size_t i = 0; i < count; ++i) {
    double sum = 0;
    for (const double frequency : frequencies)
      sum += std::sin(2 * std::numbers::pi * frequency * static_cast<double>(i) / samples_per_second);
    const auto edge = static_cast<double>(std::min(i, count - 1 - i));
    const double ramp = std::min(1.0, edge / static_cast<double>(ramp_samples));
    const double value = std::clamp(sum * amplitude * ramp, -full_scale, full_scale);
    samples.push_back(static_cast<std::int16_t>(std::lround(value)));
  }
}

SoundPtr period(std::initializer_list<double> frequencies, Duration on, Duration off, double level) {
  Samples samples;
  append_tone(samples, frequencies, on, level);
  append_silence(samples, off);
  return std::make_shared<Sound>(std::move(samples));
}

}  // namespace

SoundPtr tone(std::initializer_list<double> frequencies, Duration duration, double level) {
  return period(frequencies, duration, Duration::zero(), level);
}

SoundPtr silence(Duration duration) { return std::make_shared<Sound>(Samples(samples_in(duration), 0)); }

SoundPtr ringing_tone() { return period({425}, std::chrono::seconds(1), std::chrono::seconds(4), -13); }
SoundPtr busy_tone() {
  return period({425}, std::chrono::milliseconds(350), std::chrono::milliseconds(350), -13);
}

SoundPtr dtmf_tones(std::string_view digits, Duration on, Duration off) {
  constexpr std::string_view keypad = "123A456B789C*0#D";
  constexpr std::array<double, 4> rows = {697, 770, 852, 941};
  constexpr std::array<double, 4> columns = {1209, 1336, 1477, 1633};
  Samples samples;
  for (const char digit : digits) {
    const std::size_t key = keypad.find(digit);
    if (key == std::string_view::npos)
      throw Error(Error::Code::invalid,
                  "DTMF digits \"" + std::string(digits) + "\": '" + digit + "' is none of 0-9 * # A-D");
    append_tone(samples, {rows[key / 4], columns[key % 4]}, on, -10);
    append_silence(samples, off);
  }
  return std::make_shared<Sound>(std::move(samples));
}

}  // namespace vcsr

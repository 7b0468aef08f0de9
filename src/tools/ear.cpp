// SPDX-License-Identifier: Apache-2.0
#include "tools/ear.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"

namespace vcsr {

namespace {

/// Mean square of -40 dBm0; 0 dBm0 is a sine 3.14 dB below full scale.
const double quietest_sound = std::pow(32768 * std::pow(10, -43.14 / 20), 2) / 2;
/// Of a frame's energy, how much a tone must hold to be there.
constexpr double tone_share = 0.5;

}  // namespace

Ear::Ear(Loop& loop, std::vector<int> frequencies, OnChange on_change)
    : loop_(loop), on_change_(std::move(on_change)) {
  VCSR_ASSERT(frequencies.size() <= sound_bit);
  for (const int hertz : frequencies)
    coefficients_.push_back(2 * std::cos(2 * std::numbers::pi * hertz / samples_per_second));
}

bool Ear::holds(double energy, const AudioFrame& audio, double coefficient) const {
  double last = 0, before = 0;
  for (const std::int16_t sample : audio) {
    const double next = sample + coefficient * last - before;
    before = std::exchange(last, next);
  }
  const double power = last * last + before * before - coefficient * last * before;
  return 2 * power / static_cast<double>(audio.size()) > tone_share * energy;
}

Ear::Bits Ear::hear(const TapFrame& frame) const {
  AudioFrame audio;
  decode(frame.codec, frame.heard, audio);
  double energy = 0;
  for (const std::int16_t sample : audio) energy += double{1} * sample * sample;
  if (energy <= quietest_sound * static_cast<double>(audio.size())) return 0;
  Bits bits = Bits{1} << sound_bit;
  for (std::size_t i = 0; i < coefficients_.size(); ++i)
    if (holds(energy, audio, coefficients_[i])) bits |= Bits{1} << i;
  return bits;
}

void Ear::on_audio(const TapFrame& frame) noexcept {
  const Bits changed = hear(frame) ^ told_;
  Bits believed = 0;
  for (std::size_t i = 0; i < contrary_.size(); ++i) {
    const Bits bit = Bits{1} << i;
    contrary_[i] = changed & bit ? static_cast<std::uint8_t>(contrary_[i] + 1) : 0;
    if (contrary_[i] == frames_to_believe) believed |= bit, contrary_[i] = 0;
  }
  if (believed == 0) return;
  told_ ^= believed;
  const Hearing now{.sound = (told_ >> sound_bit & 1) != 0, .tones = told_ & ~(Bits{1} << sound_bit)};
  loop_.post([weak = weak_from_this(), now] {
    if (const auto ear = weak.lock()) ear->on_change_(now);
  });
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "media/voice/speech_level.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <span>

#include "vcsr/media/audio.hpp"

namespace vcsr {

namespace {

constexpr double target_rms = 32768 * 0.158;   // -16 dB
constexpr double highest_peak = 32768 * 0.89;  // -1 dB
constexpr double active_share = 0.05;          // -26 dB under the loudest sample: speech, not breath
constexpr double silence_share = 0.005;
constexpr std::size_t margin = samples_per_second / 20;

int peak_of(std::span<const std::int16_t> samples) {
  int peak = 0;
  for (const std::int16_t sample : samples) peak = std::max(peak, std::abs(static_cast<int>(sample)));
  return peak;
}

double active_rms(std::span<const std::int16_t> samples, double threshold) {
  double energy = 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at < samples.size(); at += frame_samples) {
    const auto frame = samples.subspan(at, std::min(frame_samples, samples.size() - at));
    double sum = 0;
    for (const std::int16_t sample : frame) sum += static_cast<double>(sample) * sample;
    if (std::sqrt(sum / static_cast<double>(frame.size())) < threshold) continue;
    energy += sum;
    count += frame.size();
  }
  return count == 0 ? 0 : std::sqrt(energy / static_cast<double>(count));
}

void trim(std::vector<std::int16_t>& samples, double threshold) {
  const auto loud = [threshold](std::int16_t sample) {
    return std::abs(static_cast<int>(sample)) > threshold;
  };
  const auto first = std::find_if(samples.begin(), samples.end(), loud);
  const auto last = std::find_if(samples.rbegin(), samples.rend(), loud).base();
  const auto from = static_cast<std::size_t>(first - samples.begin());
  const auto to = static_cast<std::size_t>(last - samples.begin());
  samples.resize(std::min(samples.size(), to + margin));
  samples.erase(samples.begin(),
                samples.begin() + static_cast<std::ptrdiff_t>(from - std::min(from, margin)));
}

void amplify(std::vector<std::int16_t>& samples, int peak) {
  const double rms = active_rms(samples, peak * active_share);
  double gain = highest_peak / peak;
  if (rms > 0) gain = std::min(gain, target_rms / rms);
  for (std::int16_t& sample : samples) sample = static_cast<std::int16_t>(std::lround(sample * gain));
}

}  // namespace

std::vector<std::int16_t> level_speech(std::vector<std::int16_t> samples) {
  const int peak = peak_of(samples);
  if (peak == 0) return {};
  trim(samples, peak * silence_share);
  amplify(samples, peak);
  return samples;
}

std::vector<std::int16_t> level_recording(std::vector<std::int16_t> samples) {
  if (const int peak = peak_of(samples); peak != 0) amplify(samples, peak);
  return samples;
}

}  // namespace vcsr

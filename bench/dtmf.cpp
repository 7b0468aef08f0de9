// SPDX-License-Identifier: Apache-2.0
// In-band digits looked for in what telephones carry: a minute of a voice-like sound in noise, frame by
// frame.
#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>
#include <vector>

#include <vcsr/media/dtmf.hpp>
#include <vcsr/media/g711.hpp>

int main() {
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 500);
  std::vector<std::uint8_t> audio;
  for (int i = 0; i < 60 * vcsr::samples_per_second; ++i) {
    const double time = static_cast<double>(i) / vcsr::samples_per_second;
    double sample = noise(random);
    for (int harmonic = 1; harmonic < 12; ++harmonic)
      sample += 4000.0 / harmonic * std::sin(harmonic * 800 * time);
    audio.push_back(vcsr::encode(vcsr::Codec::pcmu, static_cast<std::int16_t>(sample)));
  }
  vcsr::DtmfDetector detector;
  constexpr int rounds = 100;
  std::size_t frames = 0, digits = 0;
  const std::clock_t began = std::clock();
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t at = 0; at < audio.size(); at += vcsr::frame_samples, ++frames) {
      vcsr::AudioFrame frame;
      vcsr::decode(vcsr::Codec::pcmu, std::span(audio).subspan(at, vcsr::frame_samples), frame);
      digits += detector.feed(frame).size();
    }
  }
  const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  std::printf("{\"name\": \"dtmf_ns_per_frame\", \"value\": %.0f, \"frames\": %zu, \"false_digits\": %zu}\n",
              1e9 * seconds / static_cast<double>(frames), frames, digits);
}

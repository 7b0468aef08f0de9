// SPDX-License-Identifier: Apache-2.0
#include "media/correlation.hpp"

#include <cmath>
#include <cstring>
#include <numbers>

#include "vcsr/media/audio.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define VCSR_WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define VCSR_WIDEST
#endif

namespace vcsr {

namespace {

constexpr std::size_t lanes = 4 * Correlation::tones;
using Row = std::array<float, lanes>;

/// One row for each sample, laid out as Correlation is.
struct Table {
  Table() {
    for (std::size_t n = 0; n < rows.size(); ++n) {
      for (std::size_t tone = 0; tone < Correlation::tones; ++tone) {
        for (std::size_t harmonic = 1; harmonic <= 2; ++harmonic) {
          const double angle = 2 * std::numbers::pi * static_cast<double>(harmonic) * dtmf_frequencies[tone] *
                               static_cast<double>(n) / samples_per_second;
          float* lane = rows[n].data() + (harmonic - 1) * 2 * Correlation::tones + tone;
          lane[0] = static_cast<float>(std::cos(angle));
          lane[Correlation::tones] = static_cast<float>(-std::sin(angle));
        }
      }
    }
  }
  alignas(64) std::array<Row, Correlation::samples> rows;
};

const Table& table() {
  static const Table made;
  return made;
}

static_assert(sizeof(Correlation) == sizeof(Row));

using Wide __attribute__((vector_size(64))) = float;

VCSR_WIDEST void correlate(const float* rows, const std::int16_t* block, float* out) {
  // Sums of even and odd samples, so that an addition need not wait for the one before.
  Wide even[2] = {}, odd[2] = {};
  for (std::size_t n = 0; n < Correlation::samples; n += 2) {
    const Wide* row = reinterpret_cast<const Wide*>(rows + n * lanes);
    const float first = block[n], second = block[n + 1];
    even[0] += row[0] * first;
    even[1] += row[1] * first;
    odd[0] += row[2] * second;
    odd[1] += row[3] * second;
  }
  even[0] += odd[0];
  even[1] += odd[1];
  std::memcpy(out, even, sizeof even);
}

}  // namespace

Correlation Correlation::of(Block block) noexcept {
  Correlation sums;
  correlate(table().rows[0].data(), block.data(), reinterpret_cast<float*>(&sums));
  return sums;
}

Correlation Correlation::one_by_one(Block block) noexcept {
  Row sums{};
  for (std::size_t n = 0; n < samples; ++n) {
    for (std::size_t lane = 0; lane < lanes; ++lane)
      sums[lane] += table().rows[n][lane] * static_cast<float>(block[n]);
  }
  Correlation correlation;
  std::memcpy(&correlation, &sums, sizeof sums);
  return correlation;
}

}  // namespace vcsr

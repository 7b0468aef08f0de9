// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <string_view>
#include <utility>

#include "media/correlation.hpp"
#include "vcsr/media/dtmf.hpp"

namespace vcsr {

namespace {

constexpr std::size_t group = 4;   // rows, columns
constexpr std::size_t blocks = 3;  // of a window: 15 ms, which tells tones 67 Hz apart
constexpr auto window = static_cast<float>(blocks * Correlation::samples);
constexpr float full_scale_dbm0 = 3.14f;  // of a sine as loud as G.711 goes

// Q.24 and Bellcore's TR-TSY-000181: what must be taken and what must not.
constexpr float least_level_dbm0 = -33;     // of each tone
constexpr float most_row_over_column = 10;  // power: 10 dB of "normal" twist
constexpr float most_column_over_row = 4;   // 6 dB of "reverse" twist
constexpr float most_beside = 0.16f;        // another tone of the same group: -8 dB
constexpr float most_harmonic = 0.12f;      // of either tone: voices have them, keypads do not
constexpr float discernible = 150;          // hertz
constexpr float least_share = 0.8f;         // of all power that is in the two tones
constexpr float most_deviation = 0.025f;    // of a tone's frequency
constexpr int certain = 5;                  // windows in a row: 35 ms
constexpr int over = 7;                     // windows without: a break of 10 ms ends no digit, one of 30 does

constexpr std::string_view keys = "123A456B789C*0#D";

float least_power() {
  const float amplitude = 32124 * std::pow(10.0f, (least_level_dbm0 - full_scale_dbm0) / 20);
  return amplitude * amplitude / 2;
}

/// Real and imaginary parts, one for each tone: the compiler takes many at a time.
struct Sums {
  std::array<float, Correlation::tones> real{}, imaginary{};

  float norm(std::size_t tone) const { return real[tone] * real[tone] + imaginary[tone] * imaginary[tone]; }
  void add_turned(const float* re, const float* im, const Sums& turn) {
    for (std::size_t tone = 0; tone < Correlation::tones; ++tone) {
      real[tone] += re[tone] * turn.real[tone] - im[tone] * turn.imaginary[tone];
      imaginary[tone] += re[tone] * turn.imaginary[tone] + im[tone] * turn.real[tone];
    }
  }
};

/// How far the tones, or their harmonics, turn in no, one and two blocks.
struct Turns {
  explicit Turns(int harmonic) {
    for (std::size_t count = 0; count < blocks; ++count) {
      for (std::size_t tone = 0; tone < Correlation::tones; ++tone) {
        const double cycles = static_cast<double>(harmonic * count * Correlation::samples) *
                              static_cast<double>(dtmf_frequencies[tone]) / samples_per_second;
        after[count].real[tone] = static_cast<float>(std::cos(2 * std::numbers::pi * cycles));
        after[count].imaginary[tone] = static_cast<float>(-std::sin(2 * std::numbers::pi * cycles));
      }
    }
  }
  std::array<Sums, blocks> after;
};

const Turns& turns(int harmonic) {
  static const Turns first(1), second(2);
  return harmonic == 1 ? first : second;
}

}  // namespace

class DtmfDetector::Impl {
 public:
  std::string feed(std::span<const std::int16_t> samples) {
    found_.clear();
    while (!samples.empty()) {
      const std::size_t size = std::min(samples.size(), block_.size() - filled_);
      std::copy_n(samples.begin(), size, block_.begin() + static_cast<std::ptrdiff_t>(filled_));
      samples = samples.subspan(size);
      filled_ += size;
      if (filled_ < block_.size()) break;
      filled_ = 0;
      judge(listen());
    }
    return found_;
  }

 private:
  /// The digit in the window that ends with this block, 0 for none.
  char listen() {
    std::int64_t power = 0;
    for (const std::int16_t sample : block_) power += std::int32_t{sample} * sample;
    newest_ = (newest_ + 1) % blocks;
    powers_[newest_] = static_cast<float>(power) / window;
    const float all = powers_[0] + powers_[1] + powers_[2];
    // Too quiet for two tones: nothing needs to be counted, as most of the time on most lines.
    if (powers_[newest_] < least_power() / blocks) {
      sums_[newest_] = {};
      known_ = 0;
      return 0;
    }
    sums_[newest_] = Correlation::of(block_);
    const Sums before = std::exchange(window_sums_, sum(1));
    if (++known_ <= static_cast<int>(blocks)) return 0;
    return decide(before, all);
  }

  Sums sum(int harmonic) const {
    Sums all;
    for (std::size_t i = 0; i < blocks; ++i) {
      const Correlation& part = sums_[(newest_ + 1 + i) % blocks];
      const bool first = harmonic == 1;
      all.add_turned(first ? part.real.data() : part.harmonic_real.data(),
                     first ? part.imaginary.data() : part.harmonic_imaginary.data(),
                     turns(harmonic).after[i]);
    }
    return all;
  }

  /// Of a tone with that squared sum over the window.
  static float power_of(float norm) { return 2 * norm / (window * window); }

  char decide(const Sums& before, float all) const {
    const std::size_t row = loudest(0), column = loudest(group);
    if (!alone(0, row) || !alone(group, column)) return 0;
    const float row_power = true_power(row, before), column_power = true_power(column, before);
    const bool loud = row_power >= least_power() && column_power >= least_power();
    const bool balanced =
        row_power <= most_row_over_column * column_power && column_power <= most_column_over_row * row_power;
    const float both = row_power + column_power;
    if (!loud || !balanced || both < least_share * all) return 0;
    const Sums harmonics = sum(2);
    if (power_of(harmonics.norm(column)) > most_harmonic * both) return 0;
    // That of a row may lie so near to the column that they cannot be told apart.
    const bool apart = std::abs(2 * dtmf_frequencies[row] - dtmf_frequencies[column]) > discernible;
    if (apart && power_of(harmonics.norm(row)) > most_harmonic * both) return 0;
    return keys[row * group + column - group];
  }

  std::size_t loudest(std::size_t first) const {
    std::size_t best = first;
    for (std::size_t tone = first + 1; tone < first + group; ++tone)
      if (window_sums_.norm(tone) > window_sums_.norm(best)) best = tone;
    return best;
  }
  bool alone(std::size_t first, std::size_t best) const {
    for (std::size_t tone = first; tone < first + group; ++tone)
      if (tone != best && window_sums_.norm(tone) > most_beside * window_sums_.norm(best)) return false;
    return true;
  }

  /// What the tone turned since the window before tells its frequency, and that how much of it the window
  /// counts. 0 when it is another frequency.
  float true_power(std::size_t tone, const Sums& before) const {
    const std::complex<float> now(window_sums_.real[tone], window_sums_.imaginary[tone]);
    const std::complex<float> then(before.real[tone], -before.imaginary[tone]);
    const Sums& block = turns(1).after[1];
    const std::complex<float> turned =
        now * then * std::complex<float>(block.real[tone], block.imaginary[tone]);
    const float block_seconds = static_cast<float>(Correlation::samples) / samples_per_second;
    const float off = std::arg(turned) / (2 * std::numbers::pi_v<float> * block_seconds);
    if (std::abs(off) > most_deviation * dtmf_frequencies[tone]) return 0;
    const float angle = std::numbers::pi_v<float> * off * block_seconds * blocks;
    const float counted = std::abs(angle) < 1e-3f ? 1 : std::sin(angle) / angle;
    return power_of(window_sums_.norm(tone)) / (counted * counted);
  }

  void judge(char digit) {
    if (digit != 0 && digit == candidate_) {
      if (++hits_ == certain && digit != told_) {
        told_ = digit;
        found_ += digit;
      }
    } else {
      candidate_ = digit;
      hits_ = digit != 0 ? 1 : 0;
    }
    misses_ = digit == told_ ? 0 : misses_ + 1;
    if (misses_ >= over) told_ = 0;
  }

  std::array<std::int16_t, Correlation::samples> block_{};
  std::size_t filled_ = 0, newest_ = 0;
  std::array<Correlation, blocks> sums_{};
  std::array<float, blocks> powers_{};
  Sums window_sums_{};
  int known_ = 0;  // blocks in a row that were counted

  char candidate_ = 0, told_ = 0;
  int hits_ = 0, misses_ = 0;
  std::string found_;
};

DtmfDetector::DtmfDetector() : impl_(std::make_unique<Impl>()) {}
DtmfDetector::~DtmfDetector() = default;
DtmfDetector::DtmfDetector(DtmfDetector&&) noexcept = default;
DtmfDetector& DtmfDetector::operator=(DtmfDetector&&) noexcept = default;

std::string DtmfDetector::feed(std::span<const std::int16_t> samples) { return impl_->feed(samples); }

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <string_view>
#include <utility>

#include "media/detection/correlation.hpp"
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
    newest_ = (newest_ + 1) % blocks;
    powers_[newest_] = take(block_, audio_[newest_]) / window;
    // Too quiet for two tones: nothing needs to be counted, as most of the time on most lines.
    if (powers_[newest_] < least_power() / blocks) {
      sums_[newest_] = {};
      known_ = 0;
      return 0;
    }
    sums_[newest_] = Correlation::of(audio_[newest_], 1);
    const Correlation before =
        std::exchange(window_sums_, Correlation::joined(sums_[at(0)], sums_[at(1)], sums_[at(2)], 1));
    if (known_ < blocks) {
      ++known_;
      return 0;
    }
    return decide(before, powers_[0] + powers_[1] + powers_[2]);
  }

  /// The block of the window that is so many after its first.
  std::size_t at(std::size_t after) const { return (newest_ + 1 + after) % blocks; }

  /// Counted only where two tones were found, so hardly ever.
  Correlation harmonics() const {
    return Correlation::joined(Correlation::of(audio_[at(0)], 2), Correlation::of(audio_[at(1)], 2),
                               Correlation::of(audio_[at(2)], 2), 2);
  }

  /// Of a tone with that squared sum over the window.
  static float power_of(float squared) { return 2 * squared / (window * window); }

  char decide(const Correlation& before, float all) const {
    const Correlation::Powers squared = window_sums_.squared();
    if (!one_stands_out(squared.data()) || !one_stands_out(squared.data() + group)) return 0;
    const std::size_t row = loudest(squared, 0), column = loudest(squared, group);
    const float row_power = true_power(row, before), column_power = true_power(column, before);
    const bool loud = row_power >= least_power() && column_power >= least_power();
    const bool balanced =
        row_power <= most_row_over_column * column_power && column_power <= most_column_over_row * row_power;
    const float both = row_power + column_power;
    if (!loud || !balanced || both < least_share * all) return 0;
    const Correlation::Powers octaves = harmonics().squared();
    if (power_of(octaves[column]) > most_harmonic * both) return 0;
    // That of a row may lie so near to the column that they cannot be told apart.
    const bool apart = std::abs(2 * dtmf_frequencies[row] - dtmf_frequencies[column]) > discernible;
    if (apart && power_of(octaves[row]) > most_harmonic * both) return 0;
    return keys[row * group + column - group];
  }

  /// Whether the others of the group are faint beside its loudest. Without branches: in noise nobody could
  /// foretell them.
  static bool one_stands_out(const float* squared) {
    const float most = std::max(std::max(squared[0], squared[1]), std::max(squared[2], squared[3]));
    const float faint = most_beside * most;
    return (squared[0] > faint) + (squared[1] > faint) + (squared[2] > faint) + (squared[3] > faint) == 1;
  }
  static std::size_t loudest(const Correlation::Powers& squared, std::size_t first) {
    const auto begin = squared.begin() + static_cast<std::ptrdiff_t>(first);
    return static_cast<std::size_t>(std::max_element(begin, begin + group) - squared.begin());
  }

  /// What the tone turned since the window before tells its frequency, and that how much of it the window
  /// counts. 0 when it is another frequency.
  float true_power(std::size_t tone, const Correlation& before) const {
    const std::complex<float> now(window_sums_.real[tone], window_sums_.imaginary[tone]);
    const std::complex<float> then(before.real[tone], -before.imaginary[tone]);
    const Correlation& block = turn_of(1);
    const std::complex<float> turned =
        now * then * std::complex<float>(block.real[tone], block.imaginary[tone]);
    const float block_seconds = static_cast<float>(Correlation::samples) / samples_per_second;
    const float off = std::arg(turned) / (2 * std::numbers::pi_v<float> * block_seconds);
    if (std::abs(off) > most_deviation * dtmf_frequencies[tone]) return 0;
    const float angle = std::numbers::pi_v<float> * off * block_seconds * blocks;
    const float counted = std::abs(angle) < 1e-3f ? 1 : std::sin(angle) / angle;
    return power_of(std::norm(now)) / (counted * counted);
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
  // Of the window's blocks, in a ring.
  std::array<Correlation::Block, blocks> audio_{};
  std::array<Correlation, blocks> sums_{};
  std::array<float, blocks> powers_{};
  Correlation window_sums_{};
  std::size_t known_ = 0;  // blocks in a row that were counted

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

// SPDX-License-Identifier: Apache-2.0
#include "media/codec/resampler.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

// A Kaiser window of this shape over this many periods of the lower rate on each side gives
// 70 dB within a transition of a tenth of the band.
constexpr double kaiser_beta = 7;
constexpr double periods = 48;
constexpr double cutoff = 0.95;  // of half the lower rate: the middle of the transition

/// A windowed sinc as a bank: for each place an output sample can have between two input
/// samples, the weights of the inputs around it.
class FilterBank {
 public:
  FilterBank(int up, int down) : up_(up), down_(down) {
    const double band = cutoff * std::min(1.0, static_cast<double>(up) / down);
    reach_ = static_cast<int>(std::ceil(periods / band));
    weights_.resize(static_cast<std::size_t>(up) * width());
    for (int phase = 0; phase < up; ++phase) fill(phase, band);
  }

  std::int16_t at(std::span<const std::int16_t> samples, std::int64_t index) const {
    const std::int64_t position = index * down_;
    const std::int64_t first = position / up_ - reach_ + 1;
    const double* weights = row(static_cast<int>(position % up_));
    const std::int64_t from = std::max<std::int64_t>(0, -first);
    const std::int64_t to =
        std::min(static_cast<std::int64_t>(width()), static_cast<std::int64_t>(samples.size()) - first);
    double sum = 0;
    for (std::int64_t i = from; i < to; ++i) sum += weights[i] * samples[static_cast<std::size_t>(first + i)];
    return static_cast<std::int16_t>(std::lround(std::clamp(sum, -32768.0, 32767.0)));
  }

 private:
  std::size_t width() const { return static_cast<std::size_t>(2 * reach_); }
  const double* row(int phase) const { return weights_.data() + static_cast<std::size_t>(phase) * width(); }

  void fill(int phase, double band) {
    double* weights = weights_.data() + static_cast<std::size_t>(phase) * width();
    double sum = 0;
    for (std::size_t i = 0; i < width(); ++i) {
      const double distance = static_cast<double>(i) - reach_ + 1 - static_cast<double>(phase) / up_;
      const double edge = distance / reach_;
      const double x = std::numbers::pi * band * distance;
      const double window = std::cyl_bessel_i(0, kaiser_beta * std::sqrt(std::max(0.0, 1 - edge * edge)));
      weights[i] = window * (x == 0 ? 1 : std::sin(x) / x);
      sum += weights[i];
    }
    for (std::size_t i = 0; i < width(); ++i) weights[i] /= sum;
  }

  int up_, down_;
  int reach_ = 0;
  std::vector<double> weights_;
};

}  // namespace

std::vector<std::int16_t> resample(std::span<const std::int16_t> samples, int from, int to) {
  VCSR_ASSERT(from > 0 && to > 0);
  if (from == to) return {samples.begin(), samples.end()};
  const int common = std::gcd(from, to);
  const int up = to / common;
  const int down = from / common;
  const FilterBank bank(up, down);
  std::vector<std::int16_t> out(
      (samples.size() * static_cast<std::size_t>(up) + static_cast<std::size_t>(down) - 1) /
      static_cast<std::size_t>(down));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = bank.at(samples, static_cast<std::int64_t>(i));
  return out;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "simulation/distribution.hpp"

#include <cmath>
#include <numbers>

namespace vcsr {

namespace {

/// SplitMix64's finalizer: every bit of the input changes half of those of the output.
std::uint64_t mixed(std::uint64_t bits) {
  bits += 0x9e3779b97f4a7c15;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

Duration times(Duration mean, double factor) {
  return Duration(std::llround(static_cast<double>(mean.count()) * factor));
}

}  // namespace

double Draws::uniform(Purpose purpose, std::uint64_t contact) const {
  const std::uint64_t bits =
      mixed(contact ^ mixed(static_cast<std::uint64_t>(purpose) ^ mixed(stream_ ^ mixed(seed_))));
  return static_cast<double>((bits >> 11) + 1) * 0x1.0p-53;
}

double Draws::exponential(Purpose purpose, std::uint64_t contact) const {
  return -std::log(uniform(purpose, contact));
}

Duration Distribution::draw(const Draws& draws, Draws::Purpose purpose, std::uint64_t contact) const {
  switch (shape) {
    case Shape::exponential: return times(mean, draws.exponential(purpose, contact));
    case Shape::constant: return mean;
    case Shape::empirical: {
      const double place = draws.uniform(purpose, contact) * static_cast<double>(samples.size());
      return samples[static_cast<std::size_t>(std::ceil(place)) - 1];
    }
    case Shape::lognormal: break;
  }
  // Box and Muller: two uniform numbers make a normal one.
  const double angle = 2 * std::numbers::pi * draws.uniform(Draws::Purpose::handling_angle, contact);
  const double normal = std::sqrt(2 * draws.exponential(purpose, contact)) * std::cos(angle);
  const double ratio = static_cast<double>(deviation.count()) / static_cast<double>(mean.count());
  const double variance = std::log1p(ratio * ratio);
  return times(mean, std::exp(std::sqrt(variance) * normal - variance / 2));
}

}  // namespace vcsr

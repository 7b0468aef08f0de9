// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "vcsr/base/time.hpp"

namespace vcsr {

/// Uniform numbers that are a function of what they are drawn for, so that a change of the rules leaves who
/// comes, how long they talk and how patient they are as they were.
class Draws {
 public:
  enum class Purpose : std::uint64_t { arrival, handling, handling_angle, patience };

  Draws(std::uint64_t seed, std::uint64_t stream) : seed_(seed), stream_(stream) {}
  /// Above 0, at most 1; for the so many-th contact of the stream.
  double uniform(Purpose purpose, std::uint64_t contact) const;
  /// Mean 1.
  double exponential(Purpose purpose, std::uint64_t contact) const;

 private:
  std::uint64_t seed_, stream_;
};

/// How long something takes.
struct Distribution {
  enum class Shape { exponential, lognormal, constant, empirical };

  Shape shape = Shape::exponential;
  Duration mean{};
  Duration deviation{};                ///< of lognormal
  std::vector<Duration> samples = {};  ///< of empirical: each as likely as the others

  Duration draw(const Draws& draws, Draws::Purpose purpose, std::uint64_t contact) const;
};

}  // namespace vcsr

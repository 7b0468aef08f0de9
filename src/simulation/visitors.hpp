// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "simulation/scenario.hpp"

namespace vcsr {

/// Somebody who comes.
struct Visitor {
  Duration at{};                          ///< since midnight
  Duration talk{};                        ///< what the matter takes an agent
  std::optional<Duration> patience = {};  ///< endless without
};

/// Who comes in a stream: those who were recorded, or a Poisson process whose rate is the profile's.
class Visitors {
 public:
  /// The stream outlives it; whoever comes outside these times does not come.
  Visitors(const ContactStream& stream, Draws draws, Duration begins, Duration ends)
      : stream_(stream), draws_(draws), begins_(begins), ends_(ends) {}

  /// In the order of their times; nothing when no more come.
  std::optional<Visitor> next();

 private:
  std::optional<Duration> next_arrival();
  /// What the record does not tell is drawn.
  Visitor again(const RecordedVisit& visit, std::uint64_t number) const;

  const ContactStream& stream_;
  Draws draws_;
  Duration begins_, ends_;
  std::uint64_t drawn_ = 0;  ///< arrivals, those before the day begins as well
  std::uint64_t came_ = 0;
  std::size_t interval_ = 0;
  double within_ = 0;  ///< share of the interval that is over
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "vcsr/base/time.hpp"

namespace vcsr {

/// Figures by interval, those that something fell into.
template <class Figures>
class Timeline {
 public:
  explicit Timeline(Duration interval) : interval_(interval) {}

  /// Of the interval in which this moment lies.
  Figures& at(WallTime moment) {
    // Most things happen in the last one.
    if (!intervals_.empty()) {
      Figures& last = intervals_.back();
      if (moment >= last.begins && moment < last.begins + interval_) return last;
    }
    const WallTime begins = floor(moment);
    auto found =
        std::lower_bound(intervals_.begin(), intervals_.end(), begins,
                         [](const Figures& figures, WallTime wanted) { return figures.begins < wanted; });
    if (found != intervals_.end() && found->begins == begins) return *found;
    Figures figures;
    figures.begins = begins;
    figures.length = interval_;
    return *intervals_.insert(found, std::move(figures));
  }

  WallTime floor(WallTime moment) const {
    const Duration since_epoch = moment.time_since_epoch();
    const Duration rest = since_epoch % interval_;
    return WallTime(since_epoch - (rest < Duration::zero() ? rest + interval_ : rest));
  }

  /// Calls `part(figures, length)` for the share of each interval between the two moments.
  template <class Part>
  void between(WallTime from, WallTime until, Part part) {
    while (from < until) {
      Figures& figures = at(from);
      const WallTime end = std::min(until, figures.begins + interval_);
      part(figures, end - from);
      from = end;
    }
  }

  /// From the first interval to the last, those without anything in between as well.
  std::vector<Figures> all() const {
    std::vector<Figures> all;
    for (const Figures& figures : intervals_) {
      while (!all.empty() && all.back().begins + interval_ < figures.begins) {
        Figures nothing;
        nothing.begins = all.back().begins + interval_;
        nothing.length = interval_;
        all.push_back(std::move(nothing));
      }
      all.push_back(figures);
    }
    return all;
  }

 private:
  Duration interval_;
  std::vector<Figures> intervals_;  ///< by their beginnings
};

}  // namespace vcsr

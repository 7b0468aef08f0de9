// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "vcsr/base/time.hpp"

namespace vcsr {

/// How long customers wait before they give up, as a day has shown it: those who were answered had patience
/// left, so it is estimated as Kaplan and Meier do.
class Endurance {
 public:
  Endurance() = default;
  /// How long each waited, and whether they then gave up.
  explicit Endurance(std::vector<std::pair<Duration, bool>> waits);

  /// The patience of somebody who has waited so long already and for whom this number, above 0 and at most 1,
  /// was drawn; nothing where nobody is known to have given up by that.
  std::optional<Duration> draw(Duration waited, double uniform) const;

 private:
  struct Step {
    Duration at;
    double left;  ///< the share who wait longer
  };
  std::vector<Step> steps_;
};

}  // namespace vcsr

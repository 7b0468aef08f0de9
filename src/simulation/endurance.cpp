// SPDX-License-Identifier: Apache-2.0
#include "simulation/endurance.hpp"

#include <algorithm>
#include <iterator>

namespace vcsr {

Endurance::Endurance(std::vector<std::pair<Duration, bool>> waits) {
  // Of those who waited equally long, who gave up comes first: the others could have done so as well.
  std::sort(waits.begin(), waits.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second > b.second;
  });
  double left = 1;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (!waits[i].second) continue;
    const auto at_risk = static_cast<double>(waits.size() - i);
    left *= 1 - 1 / at_risk;
    steps_.push_back({waits[i].first, left});
  }
}

std::optional<Duration> Endurance::draw(Duration waited, double uniform) const {
  const auto later = std::upper_bound(steps_.begin(), steps_.end(), waited,
                                      [](Duration time, const Step& step) { return time < step.at; });
  const double now = later == steps_.begin() ? 1 : std::prev(later)->left;
  // The share that is left falls from step to step.
  const auto gives_up = std::partition_point(
      later, steps_.end(), [wanted = now * uniform](const Step& step) { return step.left >= wanted; });
  if (gives_up == steps_.end()) return {};
  return gives_up->at;
}

}  // namespace vcsr

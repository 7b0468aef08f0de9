// SPDX-License-Identifier: Apache-2.0
#include "simulation/visitors.hpp"

namespace vcsr {

std::optional<Visitor> Visitors::next() {
  const std::optional<Duration> at = next_arrival();
  if (!at) return {};
  const std::uint64_t number = came_++;
  Visitor visitor{*at, stream_.handling.draw(draws_, Draws::Purpose::handling, number)};
  if (stream_.patience) visitor.patience = stream_.patience->draw(draws_, Draws::Purpose::patience, number);
  return visitor;
}

std::optional<Duration> Visitors::next_arrival() {
  double left = draws_.exponential(Draws::Purpose::arrival, drawn_++);
  while (interval_ < stream_.profile.size()) {
    const ProfileInterval& interval = stream_.profile[interval_];
    const double part = (1 - within_) * interval.contacts;
    if (left < part) {
      within_ += left / interval.contacts;
      const auto length = static_cast<double>(interval.length.count());
      const Duration at = interval.begins + Duration(static_cast<Duration::rep>(within_ * length));
      if (at >= ends_) return {};
      if (at >= begins_) return at;
      left = draws_.exponential(Draws::Purpose::arrival, drawn_++);
      continue;
    }
    left -= part;
    within_ = 0;
    ++interval_;
  }
  return {};
}

}  // namespace vcsr

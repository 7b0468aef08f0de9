// SPDX-License-Identifier: Apache-2.0
#include "simulation/visitors.hpp"

namespace vcsr {

Visitor Visitors::again(const RecordedVisit& visit, std::uint64_t number) const {
  Visitor visitor{visit.at, {}};
  visitor.talk = visit.talk ? *visit.talk : stream_.handling.draw(draws_, Draws::Purpose::handling, number);
  if (visit.gave_up) visitor.patience = visit.waited;
  else
    visitor.patience = stream_.endurance.draw(visit.waited, draws_.uniform(Draws::Purpose::patience, number));
  return visitor;
}

std::optional<Visitor> Visitors::next() {
  if (!stream_.recorded.empty()) {
    if (came_ == stream_.recorded.size()) return {};
    const std::uint64_t number = came_++;
    return again(stream_.recorded[number], number);
  }
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

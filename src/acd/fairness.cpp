// SPDX-License-Identifier: Apache-2.0
#include "acd/distributor.hpp"

namespace vcsr::acd {

void Distributor::Service::note(bool good) {
  in_time.set(next, good);
  next = (next + 1) % in_time.size();
  all = std::min(all + 1, in_time.size());
}

// Before there is anything to go by, nothing is missed.
double Distributor::Service::share() const {
  return all == 0 ? 1 : static_cast<double>(in_time.count()) / static_cast<double>(all);
}

bool Distributor::Found::goes_before(const Found& other) const {
  if (debt != other.debt) return debt > other.debt;
  return urgency > other.urgency || (urgency == other.urgency && place < other.place);
}

void Distributor::note_service(QueueNumber queue, bool in_time) { queues_[queue].service.note(in_time); }

}  // namespace vcsr::acd

// SPDX-License-Identifier: Apache-2.0
#include "figures/self_service_fold.hpp"

namespace vcsr {

namespace {

/// Who comes again within it was not helped.
constexpr Duration repeat_time = std::chrono::hours(24);

}  // namespace

void SelfServiceFold::contain(const std::string& customer, WallTime entered, WallTime at) {
  ++figures_.at(entered).contained;
  if (customer.empty()) return;
  recent_[customer] = {entered, at};
  in_their_order_.emplace_back(at, customer);
}

void SelfServiceFold::come(const std::string& customer, WallTime at) {
  forget(at);
  const auto before = recent_.find(customer);
  if (before == recent_.end()) return;
  SelfServiceFigures& figures = figures_.at(before->second.entered);
  --figures.contained;
  ++figures.repeated;
  recent_.erase(before);
}

void SelfServiceFold::forget(WallTime now) {
  while (!in_their_order_.empty() && in_their_order_.front().first + repeat_time < now) {
    const auto& [at, customer] = in_their_order_.front();
    const auto found = recent_.find(customer);
    if (found != recent_.end() && found->second.at == at) recent_.erase(found);
    in_their_order_.pop_front();
  }
}

}  // namespace vcsr

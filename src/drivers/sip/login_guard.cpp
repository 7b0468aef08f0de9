// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/login_guard.hpp"

#include <algorithm>

namespace vcsr::sip {

Duration LoginGuard::locked(const std::string& user, const std::string& host, WallTime now) const {
  const auto found = tries_.find(key(user, host));
  return found == tries_.end() ? Duration::zero()
                               : std::chrono::duration_cast<Duration>(found->second.until - now);
}

void LoginGuard::failed(const std::string& user, const std::string& host, WallTime now) {
  make_room(now);
  Tries& tries = tries_[key(user, host)];
  if (now - tries.last > memory) tries.count = 0;
  tries.last = now;
  if (++tries.count < free_tries) return;
  const int doublings = std::min(tries.count - free_tries, 20);
  tries.until = now + std::min(first_lock * (1 << doublings), longest_lock);
}

// When strangers fill it, what is oldest in no order goes: they only get their free tries again.
void LoginGuard::make_room(WallTime now) {
  if (tries_.size() < most_entries) return;
  std::erase_if(tries_, [&](const auto& entry) { return now - entry.second.last > memory; });
  if (tries_.size() >= most_entries) tries_.erase(tries_.begin());
}

}  // namespace vcsr::sip

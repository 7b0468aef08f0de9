// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/source_gate.hpp"

#include <algorithm>

namespace vcsr::sip {

bool SourceGate::admit(const std::string& host, WallTime now) {
  if (per_second_ == 0) return true;
  make_room(now);
  Bucket& bucket = buckets_.try_emplace(host, Bucket{2 * per_second_, now, 0}).first->second;
  bucket.tokens = tokens(bucket, now);
  bucket.filled = now;
  if (bucket.tokens >= 2 * per_second_) bucket.refused = 0;
  if (bucket.tokens < 1) {
    ++bucket.refused;
    return false;
  }
  bucket.tokens -= 1;
  return true;
}

bool SourceGate::floods(const std::string& host) const {
  const auto found = buckets_.find(host);
  return found != buckets_.end() && found->second.refused > 3 * per_second_;
}

double SourceGate::tokens(const Bucket& bucket, WallTime now) const {
  const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
  // A clock that was set back gives nothing and takes nothing.
  return std::clamp(bucket.tokens + std::max(seconds, 0.0) * per_second_, 0.0, 2 * per_second_);
}

// A full bucket is like none. Where nobody's is, strangers fill the memory, and one of them goes.
void SourceGate::make_room(WallTime now) {
  if (buckets_.size() < most_hosts) return;
  std::erase_if(buckets_, [&](const auto& entry) { return tokens(entry.second, now) >= 2 * per_second_; });
  if (buckets_.size() >= most_hosts) buckets_.erase(buckets_.begin());
}

}  // namespace vcsr::sip

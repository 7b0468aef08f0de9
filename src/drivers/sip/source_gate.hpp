// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "vcsr/base/time.hpp"

namespace vcsr::sip {

/// How many requests a host may send: a bucket for each that fills with `per_second` tokens a second and
/// holds those of two. Plain values, no thread.
class SourceGate {
 public:
  static constexpr std::size_t most_hosts = 10'000;

  /// 0: as many as it likes.
  explicit SourceGate(std::size_t per_second) : per_second_(static_cast<double>(per_second)) {}

  bool admit(const std::string& host, WallTime now);
  /// It goes on although it is refused: more than three seconds' share since its bucket was full.
  bool floods(const std::string& host) const;
  std::size_t size() const { return buckets_.size(); }

 private:
  struct Bucket {
    double tokens = 0;
    WallTime filled{};
    double refused = 0;  // since it was full
  };

  double tokens(const Bucket& bucket, WallTime now) const;
  void make_room(WallTime now);

  double per_second_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace vcsr::sip

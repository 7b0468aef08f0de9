// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>

#include "vcsr/base/time.hpp"

namespace vcsr::sip {

/// Makes guessing slow: after some wrong passwords a user cannot log in from that host for a time that
/// doubles with every further one. Who guesses elsewhere does not lock the user out at home. Plain values, no
/// thread.
class LoginGuard {
 public:
  static constexpr int free_tries = 5;
  static constexpr Duration first_lock = std::chrono::seconds(4), longest_lock = std::chrono::minutes(15);
  static constexpr Duration memory = std::chrono::hours(1);  ///< until the tries are forgotten
  static constexpr std::size_t most_entries = 10'000;

  /// How long it still lasts; zero or less: not locked.
  Duration locked(const std::string& user, const std::string& host, WallTime now) const;
  void failed(const std::string& user, const std::string& host, WallTime now);
  void succeeded(const std::string& user, const std::string& host) { tries_.erase(key(user, host)); }

  std::size_t size() const { return tries_.size(); }

 private:
  struct Tries {
    int count = 0;
    WallTime last{}, until{};
  };

  static std::string key(const std::string& user, const std::string& host) { return user + " " + host; }
  void make_room(WallTime now);

  std::unordered_map<std::string, Tries> tries_;
};

}  // namespace vcsr::sip

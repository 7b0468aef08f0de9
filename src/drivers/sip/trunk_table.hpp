// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/drivers/sip.hpp"
#include "vcsr/telephony/address.hpp"

namespace vcsr::sip {

/// The number of a tel URI without its hyphens, dots and brackets: "+86105550000". Empty for another
/// URI, and for what is no number.
std::optional<std::string> number_of_tel(const Address& address);

/// Which trunks may be given a number and when: their routes, limits and health. No I/O.
class TrunkTable {
 public:
  explicit TrunkTable(const std::vector<SipTrunk>& trunks) : trunks_(trunks), states_(trunks.size()) {}

  /// Those that may take the number at all: by the length of the prefix that grants it, then by cost, then
  /// as they were given; those that are down come last. Empty: nothing grants it.
  std::vector<std::size_t> routes(std::string_view number) const;

  /// Counts a call; false when the trunk has as many as it may. `day` counts days, from any one.
  bool take(std::size_t trunk, std::int64_t day);
  void release(std::size_t trunk) { --states_[trunk].open; }

  bool up(std::size_t trunk) const { return states_[trunk].up; }
  /// False when it was so before.
  bool set_up(std::size_t trunk, bool up);

 private:
  struct State {
    bool up = true;
    std::size_t open = 0, today = 0;
    std::int64_t day = 0;
  };

  /// Of the longest prefix that grants the number; empty when none does or a denied one matches.
  static std::optional<std::size_t> granted(const SipTrunk& trunk, std::string_view number);

  const std::vector<SipTrunk>& trunks_;
  std::vector<State> states_;
};

}  // namespace vcsr::sip

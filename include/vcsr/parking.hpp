// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vcsr/base/time.hpp"
#include "vcsr/telephony/address.hpp"

namespace vcsr {

/// Where a center parks customers: an agent puts one down, and any agent picks her up.
struct ParkingOptions {
  /// "701", "702", …; none: nobody can be parked. They are numbers, too: a telephone that transfers its
  /// customer to one parks her there, and an agent's telephone that dials it has her, unless
  /// Center::serve() gave that number to a dialogue.
  std::vector<std::string> slots = {};
  /// Then who parked her is called back; she can still be picked up meanwhile.
  Duration limit = std::chrono::minutes(2);
  /// Where she waits when that one does not come; "": in the queue in which she waited last. Where there is
  /// none her dialogue goes on.
  std::string queue = {};
};

/// What is different for one customer.
struct ParkOptions {
  std::string slot = {};  ///< "": the first that is free
  std::optional<Duration> limit = {};
  std::string queue = {};
};

/// A customer who is parked.
struct ParkedCall {
  std::string slot;
  std::string contact;
  Address by;         ///< who parked her
  std::string agent;  ///< the same; "" where that is no agent
  WallTime since{};
};

}  // namespace vcsr

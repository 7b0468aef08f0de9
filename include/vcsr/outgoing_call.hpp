// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "vcsr/base/time.hpp"
#include "vcsr/call.hpp"
#include "vcsr/telephony/address.hpp"
#include "vcsr/telephony/cause.hpp"

namespace vcsr {

/// How the center calls a customer. It has a constructor so that it is named before it is awaited with.
struct OutgoingOptions {
  /// Whoever is called is given this long to come to the telephone: 15 s is what the rules for outbound
  /// calls in the United States and the United Kingdom ask for.
  static constexpr Duration least_ring_time = std::chrono::seconds(15);

  OutgoingOptions() {}

  Address from;            ///< shown to the called party; empty: the driver's own
  bool hide_from = false;  ///< the network is told who calls, the party is not (RFC 3323)
  Duration ring_time = std::chrono::seconds(30);  ///< then it is Reached::no_answer; from least_ring_time up
};

/// What came of calling a customer.
struct Outgoing {
  Reached reached = Reached::unreachable;
  Cause cause = Cause::unreachable;  ///< why it was not answered; normal when it was
  Duration rang{};                   ///< from the dialling to the answer or the end of it
  std::optional<Call> call;          ///< once answered
};

}  // namespace vcsr

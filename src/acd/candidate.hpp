// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "vcsr/base/time.hpp"
#include "vcsr/channel.hpp"
#include "vcsr/distribution.hpp"

namespace vcsr::acd {

using QueueNumber = std::uint32_t;
using AgentNumber = std::uint32_t;
using ContactNumber = std::uint32_t;
using LadderNumber = std::uint32_t;
using ClassNumber = std::uint32_t;
constexpr std::uint32_t nobody = ~std::uint32_t{0};

/// What an agent is doing, as far as it decides on offers.
enum class Standing : std::uint8_t { logged_out, not_ready, wrap_up, engaged, reserved, ready };
constexpr std::size_t standings = 6;

/// A set of channels.
class Channels {
 public:
  constexpr Channels() = default;
  constexpr Channels(Channel channel)
      : bits_(static_cast<std::uint8_t>(1U << static_cast<unsigned>(channel))) {}
  constexpr Channels operator|(Channels other) const {
    Channels all;
    all.bits_ = static_cast<std::uint8_t>(bits_ | other.bits_);
    return all;
  }
  constexpr bool has(Channel channel) const { return (bits_ & Channels(channel).bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  std::uint8_t bits_ = 0;
  static_assert(static_cast<unsigned>(Channel::voicemail) < 8, "the last channel has a bit");
};

/// What an agent can take now.
struct Availability {
  Standing standing = Standing::logged_out;
  std::string reason = {};  ///< why not ready
  Channels open = {};       ///< on which channels a contact fits; none unless Standing::ready
  int load = 0;             ///< how much is in hand
  Timestamp since{};        ///< idle since
};

/// What strategies compare.
struct Measures {
  std::int64_t contacts = 0;
  Duration talked{}, occupied{};
  std::int64_t occupancy = 0;  ///< in millionths
  std::int64_t load = 0;
  Timestamp since{};
};

/// An agent's place in a class.
struct Seat {
  ClassNumber group;
  std::int32_t level;
  std::uint32_t order;
  std::int32_t score;
};

/// How a free agent stands among those of a class: the least is the best.
struct Candidate {
  std::int32_t level, load;
  std::int64_t worth;
  Timestamp since;
  AgentNumber agent;
  auto operator<=>(const Candidate&) const = default;
};

Candidate candidate_by(Strategy strategy, AgentNumber agent, const Seat& seat, const Measures& measures);
/// What the strategy compares, in the unit of ConsideredAgent::score.
double score_by(Strategy strategy, const Candidate& candidate, Timestamp now);

}  // namespace vcsr::acd

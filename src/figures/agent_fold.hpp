// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "figures/timeline.hpp"
#include "vcsr/figures.hpp"

namespace vcsr {

/// One agent's figures, as states follow each other.
class AgentFold {
 public:
  AgentFold(Duration interval, std::vector<ScheduledTime> schedule)
      : figures_(interval), schedule_(std::move(schedule)) {}

  /// Answers whether nothing is in hand any more.
  bool enter(std::string_view state, WallTime at);
  void offer(WallTime at);
  void accept(WallTime at);
  /// The agent has talked with the contact; false where that is part of a handling told before.
  bool handle(const std::string& contact, WallTime at);
  /// What was handled since nothing was in hand, which is forgotten by that.
  std::vector<std::string> take_handled() { return std::exchange(handled_, {}); }
  /// The handling of the contact is over.
  bool forget(const std::string& contact) { return std::erase(handled_, contact) > 0; }
  /// The state goes on until then.
  void advance(WallTime now);

  std::vector<AgentFigures> figures() const { return figures_.all(); }

 private:
  void count_schedule(WallTime from, WallTime until);

  Timeline<AgentFigures> figures_;
  /// Where the time of the present state goes; null for logged_out.
  Duration AgentFigures::*state_ = nullptr;
  WallTime now_{};
  std::vector<std::string> handled_;
  std::vector<ScheduledTime> schedule_;
  std::size_t scheduled_ = 0;  ///< those before are over
};

}  // namespace vcsr

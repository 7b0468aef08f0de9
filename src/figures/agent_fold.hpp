// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "figures/queue_fold.hpp"
#include "figures/timeline.hpp"
#include "vcsr/figures.hpp"

namespace vcsr {

/// One agent's figures, as states follow each other.
class AgentFold {
 public:
  /// What the agent had in hand, once it is over.
  struct Handled {
    std::string contact;
    HandlingFigures figures;
  };

  explicit AgentFold(Duration interval) : figures_(interval) {}

  /// Answers what is over by that.
  std::optional<Handled> enter(std::string_view state, const std::string& contact, WallTime at);
  bool in_hand() const { return in_hand_.has_value(); }
  void offer(WallTime at);
  void accept(WallTime at);
  /// The state goes on until then.
  void advance(WallTime now);

  std::vector<AgentFigures> figures() const { return figures_.all(); }

 private:
  Timeline<AgentFigures> figures_;
  /// Where the time of the present state goes; null for logged_out.
  Duration AgentFigures::*state_ = nullptr;
  WallTime now_{};
  std::optional<Handled> in_hand_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "figures/timeline.hpp"
#include "vcsr/figures.hpp"

namespace vcsr {

/// What became of those whom a dialogue answered, until it is known that they do not come again.
class SelfServiceFold {
 public:
  explicit SelfServiceFold(Duration interval) : figures_(interval) {}

  void enter(WallTime at) { ++figures_.at(at).entered; }
  void ask_for_agent(WallTime entered) { ++figures_.at(entered).asked_for_agent; }
  /// The matter of this customer is done without an agent; "": nobody knows who it was.
  void contain(const std::string& customer, WallTime entered, WallTime at);
  /// The customer comes, perhaps again.
  void come(const std::string& customer, WallTime at);

  std::vector<SelfServiceFigures> figures() const { return figures_.all(); }

 private:
  struct Contained {
    WallTime entered{}, at{};
  };
  void forget(WallTime now);

  Timeline<SelfServiceFigures> figures_;
  std::unordered_map<std::string, Contained> recent_;            ///< by customer, those of the last day
  std::deque<std::pair<WallTime, std::string>> in_their_order_;  ///< of their ends
};

}  // namespace vcsr

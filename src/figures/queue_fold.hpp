// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "figures/timeline.hpp"
#include "vcsr/figures.hpp"

namespace vcsr {

/// One queue's figures, as its contacts come and go.
class QueueFold {
 public:
  QueueFold(Duration interval, Duration target, Duration short_abandon);

  /// `estimate`: what the wait was expected to be; zero where nothing was.
  void enter(const std::string& contact, Duration estimate, WallTime at);
  /// Answers when the contact had entered; one that had not enters now, and is refused.
  WallTime leave(const std::string& contact, std::string_view result, Duration waited, WallTime at);
  /// The contact is over while it waits: the program ended before the contact did.
  void drop(const std::string& contact, WallTime at);
  void offer(const std::string& contact, WallTime at);
  void end_offer(const std::string& contact, std::string_view result, WallTime at);
  /// Something happened now to a contact that entered then.
  template <class Change>
  void count(WallTime entered, WallTime at, Change change) {
    advance(at);
    this->change(entered, change);
  }
  /// Those who wait go on waiting until then.
  void advance(WallTime now);

  std::vector<QueueFigures> figures(Attribution by) const;

 private:
  struct Waiting {
    WallTime since{};
    Duration estimate{};
  };

  /// Both views of a thing that happens now to a contact that entered then.
  template <class Change>
  void change(WallTime entered, Change change) {
    change(by_enqueue_.at(entered));
    change(by_end_.at(now_));
  }
  WallTime entered(const std::string& contact) const;

  Duration target_, short_abandon_;
  Timeline<QueueFigures> by_enqueue_, by_end_;
  std::unordered_map<std::string, Waiting> waiting_;
  WallTime now_{};
};

}  // namespace vcsr

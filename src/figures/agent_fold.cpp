// SPDX-License-Identifier: Apache-2.0
#include "figures/agent_fold.hpp"

#include <utility>

namespace vcsr {

namespace {

using State = Duration AgentFigures::*;

State state_of(std::string_view name) {
  constexpr std::pair<std::string_view, State> states[] = {
      {"ready", &AgentFigures::ready},        {"reserved", &AgentFigures::reserved},
      {"busy", &AgentFigures::talked},        {"hold", &AgentFigures::held},
      {"wrap_up", &AgentFigures::wrapped_up}, {"not_ready", &AgentFigures::not_ready}};
  for (const auto& [known, state] : states)
    if (known == name) return state;
  return nullptr;
}

bool works(State state) {
  return state == &AgentFigures::talked || state == &AgentFigures::held || state == &AgentFigures::wrapped_up;
}

}  // namespace

std::optional<AgentFold::Handled> AgentFold::enter(std::string_view state, const std::string& contact,
                                                   WallTime at) {
  advance(at);
  state_ = state_of(state);
  std::optional<Handled> over;
  if (in_hand_ && (!works(state_) || in_hand_->contact != contact)) {
    over = std::exchange(in_hand_, {});
    ++figures_.at(now_).handled;
  }
  if (works(state_) && !in_hand_) in_hand_ = Handled{contact, {}};
  return over;
}

void AgentFold::offer(WallTime at) {
  advance(at);
  ++figures_.at(now_).offers;
}

void AgentFold::accept(WallTime at) {
  advance(at);
  ++figures_.at(now_).offers_accepted;
}

void AgentFold::advance(WallTime now) {
  if (now_ == WallTime()) now_ = now;
  if (now <= now_) return;
  if (state_)
    figures_.between(now_, now,
                     [this](AgentFigures& figures, Duration length) { figures.*state_ += length; });
  if (in_hand_) {
    HandlingFigures& handling = in_hand_->figures;
    (state_ == &AgentFigures::talked ? handling.talked
     : state_ == &AgentFigures::held ? handling.held
                                     : handling.wrapped_up) += now - now_;
  }
  now_ = now;
}

}  // namespace vcsr

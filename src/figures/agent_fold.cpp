// SPDX-License-Identifier: Apache-2.0
#include "figures/agent_fold.hpp"

#include <algorithm>
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

bool rests(State state) { return !state || state == &AgentFigures::not_ready; }

}  // namespace

bool AgentFold::enter(std::string_view state, WallTime at) {
  advance(at);
  state_ = state_of(state);
  return rests(state_) || state_ == &AgentFigures::ready;
}

void AgentFold::offer(WallTime at) {
  advance(at);
  ++figures_.at(now_).offers;
}

void AgentFold::accept(WallTime at) {
  advance(at);
  ++figures_.at(now_).offers_accepted;
}

bool AgentFold::handle(const std::string& contact, WallTime at) {
  advance(at);
  if (std::find(handled_.begin(), handled_.end(), contact) != handled_.end()) return false;
  handled_.push_back(contact);
  ++figures_.at(now_).handled;
  return true;
}

void AgentFold::advance(WallTime now) {
  // Whoever is late was to be there before anything is heard of her.
  if (now_ == WallTime()) now_ = schedule_.empty() ? now : std::min(now, schedule_.front().begins);
  if (now <= now_) return;
  if (state_)
    figures_.between(now_, now,
                     [this](AgentFigures& figures, Duration length) { figures.*state_ += length; });
  if (scheduled_ < schedule_.size()) count_schedule(now_, now);
  now_ = now;
}

void AgentFold::count_schedule(WallTime from, WallTime until) {
  for (std::size_t i = scheduled_; i < schedule_.size() && schedule_[i].begins < until; ++i) {
    const ScheduledTime& time = schedule_[i];
    figures_.between(std::max(from, time.begins), std::min(until, time.ends),
                     [this](AgentFigures& figures, Duration length) {
                       figures.scheduled += length;
                       if (!rests(state_)) figures.adhered += length;
                     });
  }
  while (scheduled_ < schedule_.size() && schedule_[scheduled_].ends <= until) ++scheduled_;
}

}  // namespace vcsr

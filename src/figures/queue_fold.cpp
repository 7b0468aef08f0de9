// SPDX-License-Identifier: Apache-2.0
#include "figures/queue_fold.hpp"

#include <algorithm>

namespace vcsr {

namespace {

void count_estimate(QueueFigures& figures, Duration off, Duration waited) {
  ++figures.estimates;
  figures.close_estimates += off <= waited / 5;
  figures.estimates_off += off;
}

}  // namespace

QueueFold::QueueFold(Duration interval, Duration target, Duration short_abandon)
    : target_(target), short_abandon_(short_abandon), by_enqueue_(interval), by_end_(interval) {}

WallTime QueueFold::entered(const std::string& contact) const {
  const auto found = waiting_.find(contact);
  return found == waiting_.end() ? now_ : found->second.since;
}

void QueueFold::enter(const std::string& contact, Duration estimate, WallTime at) {
  advance(at);
  if (!waiting_.emplace(contact, Waiting{now_, estimate}).second) return;
  change(now_, [](QueueFigures& figures) { ++figures.offered; });
}

WallTime QueueFold::leave(const std::string& contact, std::string_view result, Duration waited, WallTime at) {
  advance(at);
  if (!waiting_.contains(contact)) enter(contact, {}, at);
  const Waiting was = waiting_.extract(contact).mapped();
  change(was.since, [&](QueueFigures& figures) {
    if (result == "answered") {
      ++figures.answered;
      figures.answered_in_time += waited <= target_;
      figures.waited_answered += waited;
      figures.longest_wait = std::max(figures.longest_wait, waited);
      figures.waits.push_back(waited);
      if (was.estimate > Duration::zero())
        count_estimate(figures, std::chrono::abs(was.estimate - waited), waited);
    } else if (result == "abandoned") {
      ++figures.abandoned;
      figures.abandoned_in_time += waited <= target_;
      figures.short_abandoned += waited <= short_abandon_;
      figures.waited_abandoned += waited;
    } else {
      ++(result == "callback" ? figures.called_back : figures.flowed);
      figures.waited_others += waited;
    }
  });
  return was.since;
}

void QueueFold::drop(const std::string& contact, WallTime at) {
  const auto found = waiting_.find(contact);
  if (found != waiting_.end()) leave(contact, "interrupted", std::max(at, now_) - found->second.since, at);
}

void QueueFold::offer(const std::string& contact, WallTime at) {
  advance(at);
  change(entered(contact), [](QueueFigures& figures) { ++figures.offers; });
}

void QueueFold::end_offer(const std::string& contact, std::string_view result, WallTime at) {
  advance(at);
  if (result == "accepted" || result == "picked_up") return;
  change(entered(contact),
         [withdrawn = result == "withdrawn" || result == "recalled" || result == "answered_elsewhere"](
             QueueFigures& figures) { ++(withdrawn ? figures.offers_withdrawn : figures.offers_missed); });
}

void QueueFold::advance(WallTime now) {
  if (now_ == WallTime()) now_ = now;
  // Nothing changes who waits in between, so each interval that is passed ends with those who wait now.
  while (now_ < now) {
    QueueFigures& figures = by_end_.at(now_);
    const WallTime end = figures.begins + figures.length;
    figures.waiting_time += (std::min(now, end) - now_) * static_cast<Duration::rep>(waiting_.size());
    now_ = std::min(now, end);
    if (now_ < end) break;
    figures.waiting_at_end = waiting_.size();
    by_end_.at(end).waiting_at_start = waiting_.size();
  }
}

std::vector<QueueFigures> QueueFold::figures(Attribution by) const {
  if (by == Attribution::by_enqueue) return by_enqueue_.all();
  std::vector<QueueFigures> all = by_end_.all();
  if (!all.empty()) all.back().waiting_at_end = waiting_.size();
  return all;
}

}  // namespace vcsr

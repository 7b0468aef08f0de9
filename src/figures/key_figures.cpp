// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "figures/agent_fold.hpp"
#include "figures/queue_fold.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/figures.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// The text under this key; "" when there is none.
const std::string& text_of(const JournalEntry& entry, std::string_view key) {
  static const std::string none;
  const auto found = entry.data.find(key);
  const std::string* text = found == entry.data.end() ? nullptr : found->second.get_if<std::string>();
  return text ? *text : none;
}

Duration time_of(const JournalEntry& entry, std::string_view key) {
  const auto found = entry.data.find(key);
  if (found == entry.data.end()) return {};
  const double* seconds = found->second.get_if<double>();
  const std::int64_t* whole = found->second.get_if<std::int64_t>();
  const double value = seconds ? *seconds : whole ? static_cast<double>(*whole) : 0;
  return Duration(std::llround(value * 1e6));
}

}  // namespace

class KeyFigures::Impl {
 public:
  explicit Impl(FigureOptions options) : options_(std::move(options)) {
    if (options_.interval < std::chrono::seconds(1))
      throw Error(Error::Code::invalid, "the interval of key figures: expected at least 1 s, got " +
                                            std::to_string(options_.interval.count()) + " µs");
  }

  void apply(const JournalEntry& entry) {
    // As views of a known length: most entries are of other types, and seldom of the same length.
    constexpr std::string_view queued = events::contact_queued, left = events::contact_left_queue,
                               offered = events::contact_offered, ended = events::offer_ended,
                               state = events::agent_state, closed = events::contact_closed,
                               started = events::center_started, stopped = events::center_stopped;
    const std::string_view type = entry.type;
    if (type == state) enter_state(entry);
    else if (type == queued) queue(entry).enter(entry.subject, entry.at);
    else if (type == left) leave(entry);
    else if (type == offered) offer(entry);
    else if (type == ended) end_offer(entry);
    else if (type == closed) close(entry);
    else if (type == started || type == stopped) begin_anew(entry);
    last_ = entry.at;
  }

  void advance(WallTime now) {
    for (auto& [name, fold] : queues_) fold.advance(now);
    for (auto& [id, fold] : agents_) fold.advance(now);
    last_ = now;
  }

  const auto& queues() const { return queues_; }
  const auto& agents() const { return agents_; }

 private:
  /// In which queue a contact was answered, and when it had entered it. Kept until the contact is closed
  /// and nobody wraps up after it.
  struct Answered {
    std::string queue;
    WallTime entered{};
    int hands = 0;
    bool closed = false;
  };

  QueueFold& queue(const JournalEntry& entry) {
    const std::string& name = text_of(entry, "queue");
    const auto found = queues_.find(name);
    if (found != queues_.end()) return found->second;
    const auto own = options_.targets.find(name);
    const Duration target = own == options_.targets.end() ? options_.target : own->second;
    return queues_.emplace(name, QueueFold(options_.interval, target, options_.short_abandon)).first->second;
  }

  AgentFold& agent(const std::string& id) { return agents_.try_emplace(id, options_.interval).first->second; }

  void leave(const JournalEntry& entry) {
    const std::string& result = text_of(entry, "result");
    const WallTime entered = queue(entry).leave(entry.subject, result, time_of(entry, "waited"), entry.at);
    if (result != "answered") return;
    Answered& answered = answered_[entry.subject];
    answered.queue = text_of(entry, "queue");
    answered.entered = entered;
  }

  void offer(const JournalEntry& entry) {
    queue(entry).offer(entry.subject, entry.at);
    agent(text_of(entry, "agent")).offer(entry.at);
  }

  void end_offer(const JournalEntry& entry) {
    const std::string& result = text_of(entry, "result");
    queue(entry).end_offer(entry.subject, result, entry.at);
    if (result == "accepted") agent(text_of(entry, "agent")).accept(entry.at);
  }

  void enter_state(const JournalEntry& entry) {
    AgentFold& fold = agent(entry.subject);
    const bool worked = fold.in_hand();
    const auto over = fold.enter(text_of(entry, "state"), text_of(entry, "contact"), entry.at);
    if (over) count_handled(*over, entry.at);
    if (!fold.in_hand() || (worked && !over)) return;
    const auto answered = answered_.find(text_of(entry, "contact"));
    if (answered != answered_.end()) ++answered->second.hands;
  }

  void count_handled(const AgentFold::Handled& over, WallTime at) {
    const auto found = answered_.find(over.contact);
    if (found == answered_.end() || found->second.hands == 0) return;
    Answered& answered = found->second;
    const auto queue = queues_.find(answered.queue);
    if (queue != queues_.end()) queue->second.handled(answered.entered, over.figures, at);
    if (--answered.hands == 0 && answered.closed) answered_.erase(found);
  }

  void close(const JournalEntry& entry) {
    for (auto& [name, fold] : queues_) fold.drop(entry.subject, entry.at);
    const auto answered = answered_.find(entry.subject);
    if (answered == answered_.end()) return;
    answered->second.closed = true;
    if (answered->second.hands == 0) answered_.erase(answered);
  }

  /// A program that ended without taking leave has left nobody ready, and nobody knows since when.
  void begin_anew(const JournalEntry& entry) {
    const WallTime at = entry.type == events::center_stopped ? entry.at : last_;
    for (auto& [id, fold] : agents_)
      if (const auto over = fold.enter("logged_out", {}, at)) count_handled(*over, at);
    answered_.clear();
  }

  FigureOptions options_;
  std::map<std::string, QueueFold, std::less<>> queues_;
  std::unordered_map<std::string, AgentFold> agents_;
  std::unordered_map<std::string, Answered> answered_;
  WallTime last_{};
};

KeyFigures::KeyFigures(FigureOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
KeyFigures::KeyFigures(const KeyFigures& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
KeyFigures& KeyFigures::operator=(const KeyFigures& other) {
  if (this != &other) impl_ = std::make_unique<Impl>(*other.impl_);
  return *this;
}
KeyFigures::KeyFigures(KeyFigures&&) noexcept = default;
KeyFigures& KeyFigures::operator=(KeyFigures&&) noexcept = default;
KeyFigures::~KeyFigures() = default;

void KeyFigures::apply(const JournalEntry& entry) { impl_->apply(entry); }
void KeyFigures::advance(WallTime now) { impl_->advance(now); }

std::vector<std::string> KeyFigures::queues() const {
  std::vector<std::string> names;
  for (const auto& [name, fold] : impl_->queues()) names.push_back(name);
  return names;
}

std::vector<std::string> KeyFigures::agents() const {
  std::vector<std::string> ids;
  for (const auto& [id, fold] : impl_->agents()) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<QueueFigures> KeyFigures::queue(const std::string& name, Attribution by) const {
  const auto found = impl_->queues().find(name);
  return found == impl_->queues().end() ? std::vector<QueueFigures>() : found->second.figures(by);
}

std::vector<AgentFigures> KeyFigures::agent(const std::string& id) const {
  const auto found = impl_->agents().find(id);
  return found == impl_->agents().end() ? std::vector<AgentFigures>() : found->second.figures();
}

std::vector<AgentFigures> KeyFigures::agents_together() const {
  std::map<WallTime, AgentFigures> intervals;
  for (const auto& [id, fold] : impl_->agents())
    for (const AgentFigures& figures : fold.figures()) intervals[figures.begins] += figures;
  std::vector<AgentFigures> all;
  for (const auto& [begins, figures] : intervals) all.push_back(figures);
  return all;
}

QueueFigures KeyFigures::queue_total(const std::string& name) const {
  QueueFigures total;
  for (const QueueFigures& figures : queue(name)) total += figures;
  return total;
}

AgentFigures KeyFigures::agents_total() const {
  AgentFigures total;
  for (const auto& [id, fold] : impl_->agents())
    for (const AgentFigures& figures : fold.figures()) total += figures;
  return total;
}

}  // namespace vcsr

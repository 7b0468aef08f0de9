// SPDX-License-Identifier: Apache-2.0
#include "core/wait_estimates.hpp"

#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// What of an agent's earlier work a queue counts for before there is any.
constexpr double head_start = 180;
/// Beyond so much work, in seconds, what is old counts less.
constexpr double forgets_after = 20 * head_start;

bool handles(std::string_view state) { return state == "busy" || state == "hold" || state == "wrap_up"; }

}  // namespace

void WaitEstimates::count(const Worker& worker, int sign) {
  if (!worker.at_work) return;
  double all = 0;
  for (const Share& share : worker.worked) all += share.seconds;
  for (const Share& share : worker.worked) {
    share.line->at_work += sign * share.seconds / all;
    if (!worker.ready) continue;
    if (sign > 0) ++share.line->ready;
    else --share.line->ready;
  }
}

WaitEstimates::Line& WaitEstimates::line(std::string_view queue) {
  const auto found = queues_.find(queue);
  return found == queues_.end() ? queues_.try_emplace(std::string(queue)).first->second : found->second;
}

void WaitEstimates::join(const std::string& agent, const std::string& queue) {
  Line& joined = line(queue);
  Worker& worker = agents_[agent];
  count(worker, -1);
  const bool served = std::any_of(worker.worked.begin(), worker.worked.end(),
                                  [&joined](const Share& share) { return share.line == &joined; });
  if (!served) worker.worked.push_back({&joined, head_start});
  count(worker, +1);
}

void WaitEstimates::leave(const std::string& agent, const std::string& queue) {
  Worker& worker = agents_[agent];
  count(worker, -1);
  std::erase_if(worker.worked, [left = &line(queue)](const Share& share) { return share.line == left; });
  count(worker, +1);
}

void WaitEstimates::apply(std::string_view type, const std::string& subject, const Facts& data) {
  constexpr std::string_view state = events::agent_state, ended = events::offer_ended,
                             queued = events::contact_queued, left = events::contact_left_queue;
  if (type == state) return change(subject, data);
  if (type == ended && view_in(data, "result") == "accepted")
    agents_[text_in(data, "agent")].from = &line(view_in(data, "queue"));
  // Who is served at once waits for nothing but the ringing.
  if (type == queued && duration_in(data, "estimate") > Duration::zero())
    line(view_in(data, "queue")).told[subject] = duration_in(data, "estimate");
  if (type == left) end_wait(subject, data);
}

void WaitEstimates::change(const std::string& agent, const Facts& data) {
  const std::string_view state = view_in(data, "state");
  Worker& worker = agents_[agent];
  count(worker, -1);
  worker.ready = state == "ready";
  worker.at_work = worker.ready || state == "reserved" || handles(state);
  if (handles(view_in(data, "before"))) worker.in_hand += duration_in(data, "lasted");
  if (!handles(state) && worker.in_hand > Duration::zero()) finish(worker);
  count(worker, +1);
}

void WaitEstimates::finish(Worker& worker) {
  const Duration handling = std::exchange(worker.in_hand, {});
  Line* const from = std::exchange(worker.from, nullptr);
  if (!from) return;
  Duration& oldest = from->recent[from->handlings++ % remembered];
  from->recent_sum += handling - std::exchange(oldest, handling);
  const auto own = std::find_if(worker.worked.begin(), worker.worked.end(),
                                [from](const Share& share) { return share.line == from; });
  if (own == worker.worked.end()) return;
  own->seconds += std::chrono::duration<double>(handling).count();
  double all = 0;
  for (const Share& share : worker.worked) all += share.seconds;
  if (all <= forgets_after) return;
  // A queue never counts for nothing: its next contact may come to this agent.
  for (Share& share : worker.worked) share.seconds = std::max(share.seconds / 2, 1.0);
}

void WaitEstimates::end_wait(const std::string& contact, const Facts& data) {
  const auto line = queues_.find(view_in(data, "queue"));
  if (line == queues_.end() || line->second.told.empty()) return;
  const auto told = line->second.told.extract(contact);
  if (told.empty() || view_in(data, "result") != "answered") return;
  const Duration wait = duration_in(data, "waited"), off = std::chrono::abs(told.mapped() - wait);
  Accuracy& accuracy = line->second.accuracy;
  ++accuracy.estimates;
  if (off <= wait / 5) ++accuracy.close;
  accuracy.off += off;
}

std::optional<Duration> WaitEstimates::estimate(const std::string& queue, std::size_t ahead) const {
  const auto found = queues_.find(queue);
  if (found == queues_.end()) return std::nullopt;
  const Line& line = found->second;
  // Sums of shares are not exact.
  if (line.at_work < 1e-6) return std::nullopt;
  if (line.ready > ahead) return Duration::zero();
  const auto known = static_cast<std::int64_t>(std::min(line.handlings, remembered));
  const Duration handling = known > 0 ? line.recent_sum / known : line.expected;
  if (handling <= Duration::zero()) return std::nullopt;
  return std::chrono::round<Duration>(std::chrono::duration<double>(handling) *
                                      (static_cast<double>(ahead + 1) / line.at_work));
}

double WaitEstimates::agents_at_work(const std::string& queue) const {
  const auto found = queues_.find(queue);
  return found == queues_.end() ? 0 : found->second.at_work;
}

WaitEstimates::Accuracy WaitEstimates::accuracy(const std::string& queue) const {
  const auto found = queues_.find(queue);
  return found == queues_.end() ? Accuracy() : found->second.accuracy;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "core/cut_off_before.hpp"

#include <utility>

#include "base/facts.hpp"
#include "core/callback.hpp"
#include "core/caller_number.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

void CutOffBefore::apply(const JournalEntry& entry) {
  const Facts& data = entry.data;
  // What a new run writes says nothing of when the earlier one ended.
  if (entry.type != events::center_started) last_ = entry.at;
  if (entry.type == events::contact_arrived && text_in(data, "channel") == to_string(Channel::voice) &&
      text_in(data, "direction") != "out") {
    Caller& caller = open_[entry.subject];
    caller = Caller();
    caller.from = text_in(data, "from");
    caller.to = text_in(data, "to");
    caller.name = text_in(data, "name");
    return;
  }
  const auto found = open_.find(entry.subject);
  if (found == open_.end()) return;
  Caller& caller = found->second;
  if (entry.type == events::contact_reason) caller.reason = text_in(data, "reason");
  if (entry.type == events::contact_language) caller.language = text_in(data, "language");
  if (entry.type == events::contact_queued) {
    caller.queue = text_in(data, "queue");
    caller.priority = static_cast<int>(number_in(data, "priority"));
    caller.entered = entry.at - duration_in(data, "before");
    left_.erase({caller.queue, number_of(Address(caller.from))});
  }
  if (entry.type == events::contact_left_queue) {
    caller.left = entry.at;
    if (text_in(data, "result") == "abandoned")
      left_.insert_or_assign({caller.queue, number_of(Address(caller.from))}, caller);
    caller.queue.clear();
  }
  if (entry.type == events::contact_closed) open_.erase(found);
}

void CutOffBefore::call_back(const std::shared_ptr<Queue::Impl>& queue, const Caller& caller) {
  const Services& services = *queue->services;
  CallbackRequest request{.to = Address(caller.from, caller.name),
                          .from = Address(caller.to),
                          .waited = services.loop.wall_time() - caller.entered,
                          .priority = caller.priority,
                          .reason = caller.reason,
                          .language = caller.language};
  if (const Address& shown = queue->options.callback->from; !shown.uri.empty()) request.from = shown;
  try {
    open_callback(queue, std::move(request));
  } catch (const Error& error) {
    services.log.info("a caller who was cut off is not called back",
                      {{"from", caller.from}, {"why", error.what()}});
  }
}

void CutOffBefore::restore(const std::shared_ptr<Services>& services) const {
  const auto remember = [&services](const Caller& caller, WallTime left) {
    const auto queue = services->queues.find(caller.queue);
    if (queue == services->queues.end()) return;
    queue->second.lock()->note_cut_off(Address(caller.from),
                                       {services->on_loop(caller.entered), services->on_loop(left)});
  };
  for (const auto& [where, caller] : left_) {
    Caller again = caller;
    again.queue = where.first;
    remember(again, caller.left);
  }
  for (const auto& [id, caller] : open_) {
    const auto queue = services->queues.find(caller.queue);
    if (queue == services->queues.end()) continue;
    const auto& terms = queue->second.lock()->options.callback;
    if (terms && terms->after_crash) call_back(queue->second.lock(), caller);
    else remember(caller, last_);
  }
}

}  // namespace vcsr

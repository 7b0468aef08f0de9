// SPDX-License-Identifier: Apache-2.0
#include "core/counts_before.hpp"

#include <algorithm>

#include "base/facts.hpp"
#include "core/agent_impl.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

void CountsBefore::apply(const JournalEntry& entry) {
  const Facts& data = entry.data;
  if (entry.type == events::contact_queued) {
    ++queues_[text_in(data, "queue")].entered;
    waiting_[entry.subject] = text_in(data, "queue");
  } else if (entry.type == events::contact_left_queue) {
    leave(entry);
  } else if (entry.type == events::contact_offered) {
    ++queues_[text_in(data, "queue")].offers;
  } else if (entry.type == events::offer_ended) {
    const std::string result = text_in(data, "result");
    for (const char* missed : {"busy", "no_answer", "refused", "unreachable"})
      if (result == missed) ++queues_[text_in(data, "queue")].misses;
  } else if (entry.type == events::contact_disconnected) {
    end_talk(entry);
  } else if (entry.type == events::contact_closed) {
    cut_off(entry.subject);
    answered_.erase(entry.subject);
  }
}

void CountsBefore::cut_off(const std::string& contact) {
  if (const auto waited = waiting_.extract(contact)) ++queues_[waited.mapped()].abandoned;
}

void CountsBefore::leave(const JournalEntry& entry) {
  const std::string name = text_in(entry.data, "queue"), result = text_in(entry.data, "result");
  QueueReport& counted = queues_[name];
  if (waiting_.erase(entry.subject) == 0) return turn_away(counted, result);
  if (result == "answered") {
    const Duration waited = duration_in(entry.data, "waited");
    const auto queue = services_.queues.find(name);
    ++counted.answered;
    counted.longest_wait = std::max(counted.longest_wait, waited);
    if (queue != services_.queues.end() && waited <= queue->second.lock()->options.service_level)
      ++counted.answered_in_time;
    answered_.insert(entry.subject);
  } else if (result == "abandoned") {
    ++counted.abandoned;
  } else if (result == "callback") {
    ++counted.callbacks;
  } else if (result == "unreached") {
    ++counted.unreached;
  } else if (result == "key") {
    ++counted.left_by_key;
    ++counted.flowed_out["key"];
  } else if (result == "nobody") {
    ++counted.deserted;
    ++counted.flowed_out["nobody"];
  } else {
    ++counted.timed_out;
    ++counted.flowed_out["waited"];
  }
}

void CountsBefore::turn_away(QueueReport& counted, const std::string& result) {
  ++counted.refused;
  ++counted.flowed_out[result];
}

void CountsBefore::end_talk(const JournalEntry& entry) {
  if (answered_.erase(entry.subject) == 0) return;
  Work& work = agents_[text_in(entry.data, "agent")];
  ++work.contacts;
  work.talked += duration_in(entry.data, "talked") + duration_in(entry.data, "held");
}

void CountsBefore::restore(Services& services) const {
  for (const auto& [name, counted] : queues_) {
    const auto queue = services.queues.find(name);
    if (queue == services.queues.end()) continue;
    QueueReport& now = queue->second.lock()->counted;
    if (now.entered + now.refused == 0) now = counted;
  }
  for (const auto& [id, work] : agents_) {
    const auto agent = services.agents.find(id);
    if (agent != services.agents.end())
      services.dispatch.distributor.remember(agent->second->number, work.contacts, work.talked);
  }
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "app/board.hpp"

#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

Value counted(const std::map<std::string, std::size_t>& counts) {
  Value::Map map;
  for (const auto& [name, count] : counts) map.emplace(name, count);
  return map;
}

}  // namespace

void Board::add_agent(const std::string& id, const std::string& name) { agents_[id].name = name; }

void Board::add_queue(const std::string& name) { queues_[name]; }

const std::map<std::string, Board::Step, std::less<>>& Board::steps() {
  static const std::map<std::string, Step, std::less<>> all = {
      {events::contact_arrived, &Board::arrived},       {events::contact_answered, &Board::answered},
      {events::contact_identified, &Board::identified}, {events::contact_language, &Board::language},
      {events::contact_reason, &Board::reason},         {events::contact_queued, &Board::queued},
      {events::contact_resumed, &Board::resumed},       {events::contact_left_queue, &Board::left_queue},
      {events::contact_offered, &Board::offered},       {events::offer_ended, &Board::offer_ended},
      {events::contact_connected, &Board::connected},   {events::contact_disconnected, &Board::disconnected},
      {events::contact_closed, &Board::closed},         {events::agent_state, &Board::agent_state}};
  return all;
}

void Board::apply(const JournalEntry& entry) {
  number_ = entry.number;
  at_ = entry.at;
  const auto step = steps().find(entry.type);
  if (step != steps().end()) (this->*step->second)(entry);
}

Board::Call* Board::call(const std::string& contact) {
  const auto found = calls_.find(contact);
  return found == calls_.end() ? nullptr : &found->second.first;
}

void Board::arrived(const JournalEntry& entry) {
  ++arrived_;
  order_.push_front(entry.subject);
  Call arrived;
  arrived.channel = text_in(entry.data, "channel");
  arrived.from = text_in(entry.data, "from");
  arrived.to = text_in(entry.data, "to");
  arrived.name = text_in(entry.data, "name");
  arrived.state = "arriving";
  arrived.since = entry.at;
  calls_.insert_or_assign(entry.subject, std::pair(std::move(arrived), order_.begin()));
}

void Board::answered(const JournalEntry& entry) {
  if (Call* open = call(entry.subject)) open->state = "self_service";
}

void Board::identified(const JournalEntry& entry) {
  Call* open = call(entry.subject);
  if (!open) return;
  open->customer = text_in(entry.data, "customer");
  open->name = text_in(entry.data, "name");
}

void Board::language(const JournalEntry& entry) {
  if (Call* open = call(entry.subject)) open->language = text_in(entry.data, "language");
}

void Board::reason(const JournalEntry& entry) {
  if (Call* open = call(entry.subject)) open->reason = text_in(entry.data, "reason");
}

void Board::queued(const JournalEntry& entry) {
  ++queues_[text_in(entry.data, "queue")].counts["entered"];
  line_up(entry);
}

void Board::resumed(const JournalEntry& entry) {
  if (!call(entry.subject)) {
    order_.push_front(entry.subject);
    Call before;
    before.from = text_in(entry.data, "from");
    before.to = text_in(entry.data, "to");
    before.name = text_in(entry.data, "name");
    before.reason = text_in(entry.data, "reason");
    before.language = text_in(entry.data, "language");
    before.since = entry.at - duration_in(entry.data, "waited");
    calls_.insert_or_assign(entry.subject, std::pair(std::move(before), order_.begin()));
  }
  line_up(entry);
  call(entry.subject)->queued = entry.at - duration_in(entry.data, "waited");
}

void Board::line_up(const JournalEntry& entry) {
  QueueSeen& queue = queues_[text_in(entry.data, "queue")];
  const auto place =
      static_cast<std::size_t>(std::max<std::int64_t>(1, number_in(entry.data, "position"))) - 1;
  queue.waiting.insert(
      queue.waiting.begin() + static_cast<std::ptrdiff_t>(std::min(place, queue.waiting.size())),
      entry.subject);
  Call* open = call(entry.subject);
  if (!open) return;
  open->state = "waiting";
  open->queue = text_in(entry.data, "queue");
  open->priority = number_in(entry.data, "priority");
  open->queued = entry.at;
}

void Board::take_from_queue(const std::string& queue, const std::string& contact) {
  std::erase(queues_[queue].waiting, contact);
}

void Board::left_queue(const JournalEntry& entry) {
  const std::string queue = text_in(entry.data, "queue");
  take_from_queue(queue, entry.subject);
  ++queues_[queue].counts[text_in(entry.data, "result")];
  Call* open = call(entry.subject);
  if (open && open->state == "waiting") open->state = "self_service";
}

void Board::offered(const JournalEntry& entry) {
  const auto pop = entry.data.find("pop");
  Offer offer{entry.subject, text_in(entry.data, "queue"), text_in(entry.data, "agent"), entry.at,
              pop == entry.data.end() ? Value() : pop->second};
  agents_[offer.agent].pop = offer.pop;
  offers_.push_back(std::move(offer));
}

void Board::offer_ended(const JournalEntry& entry) {
  std::erase_if(offers_, [&](const Offer& offer) {
    return offer.contact == entry.subject && offer.agent == text_in(entry.data, "agent");
  });
}

void Board::connected(const JournalEntry& entry) {
  Call* open = call(entry.subject);
  if (!open) return;
  open->state = "talking";
  open->agent = text_in(entry.data, "agent");
}

void Board::disconnected(const JournalEntry& entry) {
  Call* open = call(entry.subject);
  if (open && open->state == "talking") open->state = "self_service";
}

void Board::closed(const JournalEntry& entry) {
  ++outcomes_[text_in(entry.data, "outcome")];
  const auto found = calls_.find(entry.subject);
  if (found == calls_.end()) return;
  if (const std::string& queue = found->second.first.queue; !queue.empty())
    take_from_queue(queue, entry.subject);
  std::erase_if(offers_, [&](const Offer& offer) { return offer.contact == entry.subject; });
  order_.erase(found->second.second);
  calls_.erase(found);
}

void Board::agent_state(const JournalEntry& entry) {
  AgentSeen& agent = agents_[entry.subject];
  if (const std::string name = text_in(entry.data, "name"); !name.empty()) agent.name = name;
  agent.state = text_in(entry.data, "state");
  agent.reason = text_in(entry.data, "reason");
  agent.contact = text_in(entry.data, "contact");
  agent.since = entry.at;
  const bool free = agent.state == "ready" || agent.state == "not_ready" || agent.state == "logged_out";
  if (free) agent.pop = Value();
}

std::pair<std::string, std::string> Board::desk_of(const std::string& contact) const {
  const auto found = calls_.find(contact);
  if (found == calls_.end()) return {};
  return {found->second.first.queue, found->second.first.agent};
}

Value Board::snapshot() const {
  return Value::Map{{"entry", number_},   {"at", to_string(at_)}, {"waiting", waiting()},
                    {"agents", agents()}, {"offers", offers()},   {"calls", calls()},
                    {"queues", queues()}, {"totals", totals()}};
}

Value Board::waiting() const {
  Value::List list;
  for (const auto& [name, queue] : queues_) {
    for (std::size_t place = 0; place < queue.waiting.size(); ++place) {
      const auto found = calls_.find(queue.waiting[place]);
      const Call waiting = found == calls_.end() ? Call() : found->second.first;
      list.push_back(Value::Map{{"contact", queue.waiting[place]},
                                {"queue", name},
                                {"position", place + 1},
                                {"priority", waiting.priority},
                                {"since", to_string(waiting.queued)},
                                {"channel", waiting.channel},
                                {"from", waiting.from},
                                {"name", waiting.name},
                                {"customer", waiting.customer},
                                {"language", waiting.language},
                                {"reason", waiting.reason}});
    }
  }
  return list;
}

Value Board::agents() const {
  Value::List list;
  for (const auto& [id, agent] : agents_)
    list.push_back(Value::Map{{"id", id},
                              {"name", agent.name},
                              {"state", agent.state},
                              {"reason", agent.reason},
                              {"since", agent.since == WallTime() ? Value() : Value(to_string(agent.since))},
                              {"contact", agent.contact},
                              {"pop", agent.pop}});
  return list;
}

Value Board::offers() const {
  Value::List list;
  for (const Offer& offer : offers_)
    list.push_back(Value::Map{{"contact", offer.contact},
                              {"queue", offer.queue},
                              {"agent", offer.agent},
                              {"since", to_string(offer.since)},
                              {"pop", offer.pop}});
  return list;
}

Value Board::describe(const std::string& contact, const Call& call) const {
  return Value::Map{{"contact", contact},
                    {"channel", call.channel},
                    {"from", call.from},
                    {"to", call.to},
                    {"name", call.name},
                    {"customer", call.customer},
                    {"since", to_string(call.since)},
                    {"state", call.state},
                    {"queue", call.queue},
                    {"agent", call.agent},
                    {"language", call.language},
                    {"reason", call.reason}};
}

Value Board::contact(const std::string& id) const {
  const auto found = calls_.find(id);
  if (found == calls_.end()) return Value::Map();
  Value::Map described = *describe(id, found->second.first).get_if<Value::Map>();
  for (const Offer& offer : offers_) {
    if (offer.contact != id) continue;
    described["state"] = "offered";
    described["agent"] = offer.agent;
  }
  return described;
}

Value Board::calls() const {
  Value::List list;
  for (const std::string& contact : order_) {
    if (list.size() == calls_listed) break;
    list.push_back(describe(contact, calls_.at(contact).first));
  }
  return list;
}

Value Board::queues() const {
  Value::List list;
  for (const auto& [name, queue] : queues_)
    list.push_back(
        Value::Map{{"name", name}, {"waiting", queue.waiting.size()}, {"counts", counted(queue.counts)}});
  return list;
}

Value Board::totals() const {
  return Value::Map{{"arrived", arrived_}, {"open", calls_.size()}, {"outcomes", counted(outcomes_)}};
}

}  // namespace vcsr

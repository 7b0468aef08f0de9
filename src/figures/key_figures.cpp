// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/facts.hpp"
#include "figures/agent_fold.hpp"
#include "figures/queue_fold.hpp"
#include "figures/self_service_fold.hpp"
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

bool flag_of(const JournalEntry& entry, std::string_view key) {
  const auto found = entry.data.find(key);
  const bool* flag = found == entry.data.end() ? nullptr : found->second.get_if<bool>();
  return flag && *flag;
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
  explicit Impl(FigureOptions options) : options_(std::move(options)), self_service_(options_.interval) {
    if (options_.interval < std::chrono::seconds(1))
      throw Error(Error::Code::invalid, "the interval of key figures: expected at least 1 s, got " +
                                            std::to_string(options_.interval.count()) + " µs");
    // Who does not come at all has missed her schedule as well.
    for (const auto& [id, schedule] : options_.schedules)
      agents_.try_emplace(id, options_.interval, schedule);
  }

  void apply(const JournalEntry& entry);

  void advance(WallTime now) {
    for (auto& [name, fold] : queues_) fold.advance(now);
    for (auto& [id, fold] : agents_) fold.advance(now);
    last_ = now;
  }

  const auto& queues() const { return queues_; }
  const auto& agents() const { return agents_; }
  const SelfServiceFold& self_service() const { return self_service_; }

 private:
  /// What is remembered of a contact, until it is closed and nobody makes notes about it any more.
  struct Known {
    std::string customer = {};              ///< the customer's folder or number; "" when neither is known
    std::optional<WallTime> answered = {};  ///< by a dialogue
    bool asked_for_agent = false, closed = false;
    bool blind = false, consulted = false;  ///< was transferred
    std::string waits_in = {};              ///< the queue; "" for none
    std::string queue = {};                 ///< in which it was answered; "" before
    WallTime entered{};                     ///< that queue
    int hands = 0;                          ///< in which it is, or whose notes are about it
  };
  using AllKnown = std::unordered_map<std::string, Known>;

  QueueFold& queue(const std::string& name) {
    const auto found = queues_.find(name);
    if (found != queues_.end()) return found->second;
    const auto own = options_.targets.find(name);
    const Duration target = own == options_.targets.end() ? options_.target : own->second;
    return queues_.emplace(name, QueueFold(options_.interval, target, options_.short_abandon)).first->second;
  }

  AgentFold& agent(const std::string& id) {
    return agents_.try_emplace(id, options_.interval, std::vector<ScheduledTime>()).first->second;
  }

  void arrive(const JournalEntry& entry);
  void identify(const JournalEntry& entry);
  void enter_self_service(const JournalEntry& entry);
  void ask_for_agent(Known& contact);
  void wait(const JournalEntry& entry);
  void leave(const JournalEntry& entry);
  void offer(const JournalEntry& entry);
  void end_offer(const JournalEntry& entry);
  void enter_state(const JournalEntry& entry);
  void talk(const JournalEntry& entry);
  void wrap_up(const JournalEntry& entry);
  void transfer(const JournalEntry& entry);
  void close(const JournalEntry& entry);
  void begin_anew(const JournalEntry& entry);
  void release(AllKnown::iterator contact);

  FigureOptions options_;
  std::map<std::string, QueueFold, std::less<>> queues_;
  std::unordered_map<std::string, AgentFold> agents_;
  SelfServiceFold self_service_;
  AllKnown contacts_;
  WallTime last_{};
};

void KeyFigures::Impl::apply(const JournalEntry& entry) {
  // As views of a known length: most entries are of other types, and seldom of the same length.
  static constexpr std::pair<std::string_view, void (Impl::*)(const JournalEntry&)> counted[] = {
      {events::agent_state, &Impl::enter_state},     {events::contact_queued, &Impl::wait},
      {events::contact_left_queue, &Impl::leave},    {events::contact_offered, &Impl::offer},
      {events::offer_ended, &Impl::end_offer},       {events::contact_disconnected, &Impl::talk},
      {events::contact_wrapped_up, &Impl::wrap_up},  {events::contact_arrived, &Impl::arrive},
      {events::contact_closed, &Impl::close},        {events::contact_answered, &Impl::enter_self_service},
      {events::contact_identified, &Impl::identify}, {events::contact_transferred, &Impl::transfer},
      {events::center_started, &Impl::begin_anew},   {events::center_stopped, &Impl::begin_anew}};
  for (const auto& [type, count] : counted)
    if (type == entry.type) {
      (this->*count)(entry);
      break;
    }
  last_ = entry.at;
}

void KeyFigures::Impl::arrive(const JournalEntry& entry) {
  if (text_of(entry, "direction") == "out") return;
  Known& contact = contacts_[entry.subject];
  contact.customer = text_of(entry, "from");
  self_service_.come(contact.customer, entry.at);
}

void KeyFigures::Impl::identify(const JournalEntry& entry) {
  const auto contact = contacts_.find(entry.subject);
  if (contact == contacts_.end()) return;
  contact->second.customer = text_of(entry, "customer");
  self_service_.come(contact->second.customer, entry.at);
}

void KeyFigures::Impl::enter_self_service(const JournalEntry& entry) {
  const auto contact = contacts_.find(entry.subject);
  if (contact == contacts_.end() || contact->second.answered) return;
  contact->second.answered = entry.at;
  self_service_.enter(entry.at);
}

void KeyFigures::Impl::ask_for_agent(Known& contact) {
  if (std::exchange(contact.asked_for_agent, true)) return;
  if (contact.answered) self_service_.ask_for_agent(*contact.answered);
}

void KeyFigures::Impl::wait(const JournalEntry& entry) {
  queue(text_of(entry, "queue")).enter(entry.subject, time_of(entry, "estimate"), entry.at);
  Known& contact = contacts_[entry.subject];
  contact.waits_in = text_of(entry, "queue");
  ask_for_agent(contact);
}

void KeyFigures::Impl::leave(const JournalEntry& entry) {
  const std::string& result = text_of(entry, "result");
  const std::string& name = text_of(entry, "queue");
  const WallTime entered = queue(name).leave(entry.subject, result, time_of(entry, "waited"), entry.at);
  Known& contact = contacts_[entry.subject];
  contact.waits_in.clear();
  // Who was refused has asked as well.
  ask_for_agent(contact);
  if (result != "answered") return;
  contact.queue = name;
  contact.entered = entered;
}

void KeyFigures::Impl::offer(const JournalEntry& entry) {
  queue(text_of(entry, "queue")).offer(entry.subject, entry.at);
  agent(text_of(entry, "agent")).offer(entry.at);
}

void KeyFigures::Impl::end_offer(const JournalEntry& entry) {
  const std::string& result = text_of(entry, "result");
  queue(text_of(entry, "queue")).end_offer(entry.subject, result, entry.at);
  if (result == "accepted") agent(text_of(entry, "agent")).accept(entry.at);
}

void KeyFigures::Impl::enter_state(const JournalEntry& entry) {
  AgentFold& fold = agent(entry.subject);
  if (!fold.enter(text_of(entry, "state"), entry.at)) return;
  for (const std::string& contact : fold.take_handled()) release(contacts_.find(contact));
}

void KeyFigures::Impl::talk(const JournalEntry& entry) {
  const std::string& id = text_of(entry, "agent");
  if (id.empty()) return;
  const bool first = agent(id).handle(entry.subject, entry.at);
  Known& contact = contacts_[entry.subject];
  ask_for_agent(contact);
  if (first) ++contact.hands;
  if (contact.queue.empty()) return;
  queue(contact.queue).count(contact.entered, entry.at, [&](QueueFigures& figures) {
    figures.handled += first;
    figures.talked += time_of(entry, "talked");
    figures.held += time_of(entry, "held");
  });
}

void KeyFigures::Impl::wrap_up(const JournalEntry& entry) {
  const auto contact = contacts_.find(entry.subject);
  if (contact == contacts_.end()) return;
  if (!contact->second.queue.empty())
    queue(contact->second.queue).count(contact->second.entered, entry.at, [&](QueueFigures& figures) {
      figures.wrapped_up += time_of(entry, "lasted");
    });
  if (agent(text_of(entry, "agent")).forget(entry.subject)) release(contact);
}

void KeyFigures::Impl::transfer(const JournalEntry& entry) {
  const auto contact = contacts_.find(entry.subject);
  // 1 is the customer's own line.
  const bool by_agent = number_in(entry.data, "leg") > 1 && text_of(entry, "result") == "answered";
  if (!by_agent || contact == contacts_.end() || contact->second.queue.empty()) return;
  Known& known = contact->second;
  const bool first = !known.blind && !known.consulted;
  const auto kind = flag_of(entry, "consulted") ? &Known::consulted : &Known::blind;
  const bool first_so = !std::exchange(known.*kind, true);
  queue(known.queue).count(known.entered, entry.at, [&](QueueFigures& figures) {
    figures.transferred += first;
    (kind == &Known::blind ? figures.transferred_blind : figures.transferred_consulted) += first_so;
  });
}

void KeyFigures::Impl::close(const JournalEntry& entry) {
  const auto contact = contacts_.find(entry.subject);
  if (contact == contacts_.end()) return;
  Known& known = contact->second;
  if (!known.waits_in.empty()) queue(known.waits_in).drop(entry.subject, entry.at);
  known.closed = true;
  if (known.answered && !known.asked_for_agent && text_of(entry, "outcome") == "self_served")
    self_service_.contain(known.customer, *known.answered, entry.at);
  if (known.hands == 0) contacts_.erase(contact);
}

void KeyFigures::Impl::release(AllKnown::iterator contact) {
  if (contact != contacts_.end() && --contact->second.hands == 0 && contact->second.closed)
    contacts_.erase(contact);
}

void KeyFigures::Impl::begin_anew(const JournalEntry& entry) {
  // A program that ended without taking leave has left nobody ready, and nobody knows since when.
  const WallTime at = entry.type == events::center_stopped ? entry.at : last_;
  for (auto& [id, fold] : agents_) {
    fold.enter("logged_out", at);
    fold.take_handled();
  }
  std::erase_if(contacts_, [](const auto& contact) { return contact.second.closed; });
  for (auto& [id, contact] : contacts_) contact.hands = 0;
}

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

std::vector<SelfServiceFigures> KeyFigures::self_service() const { return impl_->self_service().figures(); }

SelfServiceFigures KeyFigures::self_service_total() const {
  SelfServiceFigures total;
  for (const SelfServiceFigures& figures : self_service()) total += figures;
  return total;
}

}  // namespace vcsr

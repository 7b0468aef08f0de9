// SPDX-License-Identifier: Apache-2.0
#include "vcsr/center.hpp"

#include <utility>

#include "core/agent_impl.hpp"
#include "core/callback.hpp"
#include "core/caller_list_impl.hpp"
#include "core/center_impl.hpp"
#include "core/contact_service.hpp"
#include "core/mailbox_impl.hpp"
#include "core/overflow.hpp"
#include "core/parking.hpp"
#include "core/queue_impl.hpp"
#include "core/recovery.hpp"
#include "vcsr/parties.hpp"

namespace vcsr {

namespace {

template <class Map>
std::string names_of(const Map& map) {
  std::string names;
  for (const auto& [name, value] : map) names += (names.empty() ? "" : ", ") + name;
  return names.empty() ? "none" : names;
}

template <class T>
T find_in(const std::map<std::string, T>& map, const std::string& name, const char* kind) {
  const auto found = map.find(name);
  if (found != map.end()) return found->second;
  throw Error(Error::Code::not_found,
              std::string("there is no ") + kind + " '" + name + "'; there are: " + names_of(map));
}

template <class T>
T add_to(std::map<std::string, T>& map, const std::string& name, const char* kind, T value) {
  if (!map.emplace(name, value).second)
    throw Error(Error::Code::refused, std::string("there is a ") + kind + " '" + name + "' already");
  return value;
}

template <class T>
std::vector<T> all_of(const std::map<std::string, T>& map) {
  std::vector<T> all;
  for (const auto& [name, value] : map) all.push_back(value);
  return all;
}

void check(const OutgoingOptions& options) {
  if (options.ring_time >= OutgoingOptions::least_ring_time) return;
  throw Error(Error::Code::invalid,
              "ring_time: expected at least 15 s, which people need to come to the "
              "telephone, got " +
                  std::to_string(options.ring_time.count() / 1000) + " ms");
}

/// Serves a call that somebody else conducts: it is over when the customer has left.
Task<> stay(Call call) {
  co_await call.ended();
  throw Hangup();
}

Task<Reached> reached_of(Task<Outgoing> dialing) {
  const Outgoing outgoing = co_await std::move(dialing);
  co_return outgoing.reached;
}

}  // namespace

Center::Center(Loop& loop, Journal& journal, CustomerStore& customers, CenterOptions options)
    : impl_(std::make_unique<Impl>(loop, journal, customers, std::move(options))) {}
Center::~Center() = default;

Driver& Center::add(std::unique_ptr<Driver> driver) { return impl_->add(std::move(driver)); }

void Center::serve(std::string number, Dialogue dialogue) {
  impl_->dialogues.insert_or_assign(std::move(number), std::make_shared<const Dialogue>(std::move(dialogue)));
}

Queue Center::add_queue(QueueOptions options) {
  const std::string name = options.name;
  require_overflows(options);
  require_callback(options);
  impl_->services->waits.expect(name, options.handling_time);
  const auto queue = std::make_shared<Queue::Impl>(impl_->services, std::move(options));
  add_to(impl_->queues, name, "queue", Queue(queue));
  impl_->services->dispatch.add(*queue);
  impl_->services->queues.emplace(name, queue);
  return Queue(queue);
}

Agent Center::add_agent(AgentOptions options) {
  const std::string id = options.id;
  const auto agent = add_to(impl_->services->agents, id, "agent",
                            std::make_shared<Agent::Impl>(impl_->services, std::move(options)));
  impl_->services->dispatch.add(agent);
  return Agent(agent);
}

Mailbox Center::add_mailbox(MailboxOptions options) {
  const std::string name = options.name;
  return Mailbox(add_to(impl_->services->mailboxes, name, "mailbox",
                        std::make_shared<Mailbox::Impl>(impl_->services, std::move(options))));
}
Mailbox Center::mailbox(const std::string& name) const {
  return Mailbox(find_in(impl_->services->mailboxes, name, "mailbox"));
}
std::vector<Mailbox> Center::mailboxes() const {
  std::vector<Mailbox> all;
  for (const auto& [name, mailbox] : impl_->services->mailboxes) all.emplace_back(mailbox);
  return all;
}

CallerList Center::add_caller_list(CallerListOptions options) {
  const std::string name = options.name;
  return CallerList(add_to(impl_->services->caller_lists, name, "caller list",
                           std::make_shared<CallerList::Impl>(impl_->services, std::move(options))));
}
CallerList Center::caller_list(const std::string& name) const {
  return CallerList(find_in(impl_->services->caller_lists, name, "caller list"));
}
std::vector<CallerList> Center::caller_lists() const {
  std::vector<CallerList> all;
  for (const auto& [name, list] : impl_->services->caller_lists) all.emplace_back(list);
  return all;
}

Queue Center::queue(const std::string& name) const { return find_in(impl_->queues, name, "queue"); }
Agent Center::agent(const std::string& id) const {
  return Agent(find_in(impl_->services->agents, id, "agent"));
}
DataSource& Center::source(const std::string& name) const {
  std::string names;
  for (const std::shared_ptr<DataSource>& source : impl_->services->options.sources) {
    if (source->name() == name) return *source;
    names += (names.empty() ? "" : ", ") + source->name();
  }
  throw Error(Error::Code::not_found,
              "there is no source \"" + name + "\"; there are: " + (names.empty() ? "none" : names));
}

std::vector<Queue> Center::queues() const { return all_of(impl_->queues); }
std::vector<Agent> Center::agents() const {
  std::vector<Agent> all;
  for (const auto& [id, agent] : impl_->services->agents) all.emplace_back(agent);
  return all;
}

Task<Reached> Center::call(Address to, Dialogue dialogue, OutgoingOptions options) {
  check(options);
  return reached_of(
      impl_->dial(std::move(to), std::make_shared<const Dialogue>(std::move(dialogue)), std::move(options)));
}

Task<Outgoing> Center::call(Address to, OutgoingOptions options) {
  check(options);
  return impl_->dial(std::move(to), std::make_shared<const Dialogue>(stay), std::move(options));
}

Contact Center::open(ContactOptions options) { return open_contact(impl_->services, std::move(options)); }

std::optional<Contact> Center::find_contact(const std::string& id) const {
  const auto found = impl_->services->contacts.find(id);
  if (found == impl_->services->contacts.end()) return std::nullopt;
  return Contact(found->second);
}

std::optional<Call> Center::find_call(const std::string& contact) const {
  const auto found = impl_->calls.find(contact);
  if (found == impl_->calls.end()) return std::nullopt;
  // A customer who is about to be called has no line yet.
  if (found->second->live() && !found->second->leg) return std::nullopt;
  return Call(found->second);
}
std::vector<ParkedCall> Center::parked() const {
  std::vector<ParkedCall> all;
  for (const auto& call : parked_calls(*impl_->services)) all.push_back(*Call(call).parties().parked());
  return all;
}
Call Center::parked_call(const std::string& slot) const { return Call(parked_in(*impl_->services, slot)); }
Call Center::ringing_call(const Agent& at) const { return Call(ringing_at(*impl_->services, *at.impl_)); }
std::size_t Center::calls() const { return impl_->calls.size(); }
Task<std::size_t> Center::recover() { return recover_contacts(impl_->services); }
void Center::on_resumed(Resumption resumption) { impl_->services->resumption = std::move(resumption); }
Task<> Center::stop() { return impl_->stop(); }

}  // namespace vcsr

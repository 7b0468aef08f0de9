// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "acd/distributor.hpp"

namespace vcsr::acd {

namespace {

Timestamp later(Timestamp now, Duration by) {
  return by < Timestamp::max() - now ? now + by : Timestamp::max();
}

}  // namespace

ContactNumber Distributor::admit(const Entry& entry, Timestamp now) {
  if (free_contacts_.empty()) {
    contacts_.emplace_back();
    free_contacts_.push_back(static_cast<ContactNumber>(contacts_.size() - 1));
  }
  const ContactNumber number = free_contacts_.back();
  free_contacts_.pop_back();
  const Ladder& ladder = use_ladder(entry.ladder);
  const Terms& terms = queues_[classes_[ladder.classes.front()].queue].terms;
  Contact& contact = contacts_[number];
  contact = {.rank = now - entry.head_start - entry.priority * terms.priority_worth,
             .joined = now - entry.joined_before,
             .preferred_until = later(now - entry.joined_before, entry.preferred_for),
             .number = ++entered_,
             .ladder = entry.ladder,
             .preferred = entry.preferred,
             .state = State::aside};
  while (contact.step + 1 < ladder.after.size() && ladder.after[contact.step + 1] <= entry.joined_before)
    ++contact.step;
  schedule(number);
  return number;
}

ContactNumber Distributor::enter(const Entry& entry, Timestamp now) {
  const ContactNumber number = admit(entry, now);
  place(number, now);
  return number;
}

void Distributor::decline(ContactNumber number, AgentNumber agent) {
  Contact& contact = contacts_[number];
  const std::size_t taken_back = std::erase(contact.offered_to, agent);
  VCSR_ASSERT(contact.state == State::offered && taken_back == 1);
  if (Ringing* const offer = ringing(number)) offer->passed.push_back(agent);
  if (!contact.offered_to.empty()) return;
  stop_ringing(number);
  contact.state = State::aside;
}

void Distributor::stand_aside(ContactNumber number) { displace(number); }

void Distributor::wait_again(ContactNumber number, Timestamp now) {
  VCSR_ASSERT(contacts_[number].state == State::aside);
  place(number, now);
}

void Distributor::accept(ContactNumber number, AgentNumber agent) {
  const Contact& contact = contacts_[number];
  VCSR_ASSERT(contact.state == State::offered &&
              std::count(contact.offered_to.begin(), contact.offered_to.end(), agent) == 1);
  ++agents_[agent].measures.contacts;
  remove(number);
}

void Distributor::withdraw(ContactNumber number) {
  VCSR_ASSERT(contacts_[number].state != State::gone);
  displace(number);
  remove(number);
}

void Distributor::remove(ContactNumber number) {
  Contact& contact = contacts_[number];
  if (contact.deadline) deadlines_.erase({*contact.deadline, number});
  stop_ringing(number);
  leave_ladder(contact.ladder);
  contact = {};
  free_contacts_.push_back(number);
}

std::optional<Timestamp> Distributor::next_deadline() const {
  if (deadlines_.empty()) return {};
  return deadlines_.first().at;
}

void Distributor::advance(Timestamp now) {
  while (!deadlines_.empty() && deadlines_.first().at <= now) {
    const ContactNumber number = deadlines_.first().contact;
    deadlines_.erase(deadlines_.first());
    Contact& contact = contacts_[number];
    contact.deadline.reset();
    const bool waits = contact.state == State::waiting || contact.state == State::held;
    displace(number);
    const Ladder& ladder = ladders_[contact.ladder];
    while (contact.step + 1 < ladder.after.size() &&
           later(contact.joined, ladder.after[contact.step + 1]) <= now)
      ++contact.step;
    if (contact.preferred_until <= now) contact.preferred = nobody;
    schedule(number);
    if (waits) place(number, now);
    else widen(number, now);
  }
}

void Distributor::schedule(ContactNumber number) {
  Contact& contact = contacts_[number];
  const Ladder& ladder = ladders_[contact.ladder];
  if (contact.step + 1 < ladder.after.size())
    contact.deadline = later(contact.joined, ladder.after[contact.step + 1]);
  if (contact.preferred != nobody && (!contact.deadline || contact.preferred_until < *contact.deadline))
    contact.deadline = contact.preferred_until;
  if (contact.deadline) deadlines_.insert({*contact.deadline, number});
}

Distributor::Class& Distributor::class_of(const Contact& contact) {
  return classes_[ladders_[contact.ladder].classes[contact.step]];
}
const Distributor::Class& Distributor::class_of(const Contact& contact) const {
  return classes_[ladders_[contact.ladder].classes[contact.step]];
}

Distributor::Place Distributor::place_of(ContactNumber number) const {
  return {contacts_[number].rank, contacts_[number].number, number};
}

bool Distributor::is_awaited(const Contact& contact, Timestamp now) const {
  if (contact.preferred == nobody || contact.preferred_until <= now) return false;
  const Agent& agent = agents_[contact.preferred];
  return agent.availability.standing != Standing::logged_out && is_member(agent, class_of(contact).queue);
}

void Distributor::place(ContactNumber number, Timestamp now) {
  Contact& contact = contacts_[number];
  Class& group = class_of(contact);
  const bool awaits = is_awaited(contact, now);
  if (awaits && agents_[contact.preferred].availability.open.has(group.channel)) {
    give(number, {contact.preferred}, false, now);
    return;
  }
  if (!awaits && !group.available.empty()) {
    give(number, choose(group, number), false, now);
    return;
  }
  contact.state = awaits ? State::held : State::waiting;
  (awaits ? agents_[contact.preferred].held : group.line).insert(place_of(number));
  if (!awaits) ++waiting_[ladders_[contact.ladder].classes[contact.step]];
  queues_[group.queue].everyone.insert(place_of(number));
}

void Distributor::displace(ContactNumber number) {
  Contact& contact = contacts_[number];
  if (contact.state != State::waiting && contact.state != State::held) return;
  Class& group = class_of(contact);
  const bool held = contact.state == State::held;
  (held ? agents_[contact.preferred].held : group.line).erase(place_of(number));
  if (!held) --waiting_[ladders_[contact.ladder].classes[contact.step]];
  queues_[group.queue].everyone.erase(place_of(number));
  contact.state = State::aside;
}

void Distributor::release_held(AgentNumber agent, std::optional<QueueNumber> queue, Timestamp now) {
  std::vector<ContactNumber> released;
  agents_[agent].held.each([&](const Place& place) {
    if (!queue || class_of(contacts_[place.contact]).queue == *queue) released.push_back(place.contact);
    return true;
  });
  for (const ContactNumber contact : released) displace(contact);
  for (const ContactNumber contact : released) place(contact, now);
}

std::size_t Distributor::position(ContactNumber number) const {
  return queues_[class_of(contacts_[number]).queue].everyone.count_before(place_of(number)) + 1;
}

std::size_t Distributor::ahead_of(QueueNumber number, int priority, Timestamp now) const {
  const Queue& queue = queues_[number];
  return queue.everyone.count_before({now - priority * queue.terms.priority_worth, entered_ + 1, 0});
}

std::vector<ContactNumber> Distributor::line(QueueNumber queue) const {
  std::vector<ContactNumber> contacts;
  queues_[queue].everyone.each([&contacts](const Place& place) {
    contacts.push_back(place.contact);
    return true;
  });
  return contacts;
}

}  // namespace vcsr::acd

// SPDX-License-Identifier: Apache-2.0
#include "core/parking.hpp"

#include <algorithm>
#include <utility>

#include "core/agent_impl.hpp"
#include "core/on_record.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

[[noreturn]] void refuse(const std::string& why) { throw Error(Error::Code::refused, why); }

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list.empty() ? "none" : list;
}

const std::vector<std::string>& slots_of(const Services& services) { return services.options.parking.slots; }

Call::Impl* occupant(const Services& services, const std::string& slot) {
  for (Call::Impl* call : services.open_calls)
    if (call->live() && call->conversation.parked && call->conversation.parked->slot == slot) return call;
  return nullptr;
}

void require_slot(const Services& services, const std::string& slot) {
  if (slots_of(services).empty()) refuse("nobody can be parked: CenterOptions::parking names no slots");
  if (is_parking_slot(services, slot)) return;
  throw Error(Error::Code::not_found,
              "there is no parking slot '" + slot + "'; there are: " + listed(slots_of(services)));
}

std::string free_slot(const Services& services, const std::string& wanted) {
  if (!wanted.empty()) require_slot(services, wanted);
  std::vector<std::string> free;
  for (const std::string& slot : slots_of(services))
    if (!occupant(services, slot)) free.push_back(slot);
  if (wanted.empty() && !free.empty()) return free.front();
  if (std::find(free.begin(), free.end(), wanted) != free.end()) return wanted;
  if (slots_of(services).empty()) require_slot(services, wanted);
  refuse(wanted.empty() ? "every parking slot is taken: " + listed(slots_of(services))
                        : "parking slot '" + wanted + "' is taken; free are: " + listed(free));
}

/// Where the customer waits when nobody comes; null: her dialogue goes on.
std::shared_ptr<Queue::Impl> next_queue(const Call::Impl& call, const std::string& named) {
  const auto& queues = call.services->queues;
  const std::string& name = named.empty() ? call.contact->queue : named;
  const auto found = queues.find(name);
  if (found != queues.end()) return found->second.lock();
  if (named.empty()) return nullptr;
  std::vector<std::string> names;
  for (const auto& [queue, impl] : queues) names.push_back(queue);
  throw Error(Error::Code::not_found, "there is no queue '" + named + "'; there are: " + listed(names));
}

bool parked_still(const Call::Impl& call, std::uint64_t number) {
  return call.conversation.parked && call.conversation.parked->number == number;
}

Task<> until_unparked(std::shared_ptr<Call::Impl> call, std::uint64_t number) {
  while (parked_still(*call, number)) co_await change(call);
}

/// Her talk is not over while somebody is looked for.
class Search {
 public:
  explicit Search(Conversation& conversation) : conversation_(conversation) { conversation_.sought = true; }
  ~Search() {
    conversation_.sought = false;
    conversation_.apply();
  }
  Search(const Search&) = delete;

 private:
  Conversation& conversation_;
};

Task<> queue_again(std::shared_ptr<Call::Impl> call, std::shared_ptr<Queue::Impl> queue) {
  const Search search(call->conversation);
  call->conversation.unpark("queued", 0);
  Task<Served> serving = Queue(queue).serve(Call(call), Reason(call->contact->reason));
  co_await std::move(serving);
}

/// Sees to it that somebody comes.
Task<> look_after(std::shared_ptr<Call::Impl> call, std::uint64_t number, Duration limit,
                  std::shared_ptr<Queue::Impl> queue) {
  Loop& loop = call->services->loop;
  Task<> leaving = until_unparked(call, number);
  std::optional<std::monostate> left = co_await within(loop, limit, std::move(leaving));
  if (left || !parked_still(*call, number)) co_return;
  Conversation& conversation = call->conversation;
  const Address back = conversation.parked->by;
  if (call->driver.reaches(back)) {
    Party& party = conversation.add(Role::party, back);
    conversation.parked->called_back = party.number();
    Task<Reached> reaching = reach(call, party, DialPartyOptions().ring_time);
    co_await std::move(reaching);
  }
  if (!parked_still(*call, number)) co_return;
  if (!queue) {
    conversation.unpark("unanswered", 0);
    conversation.apply();
    co_return;
  }
  Task<> queuing = queue_again(call, std::move(queue));
  co_await std::move(queuing);
}

/// What goes wrong there leaves the customer with her dialogue.
Task<> watch(std::shared_ptr<Call::Impl> call, std::uint64_t number, Duration limit,
             std::shared_ptr<Queue::Impl> queue) {
  try {
    Task<> looking = look_after(call, number, limit, std::move(queue));
    co_await std::move(looking);
  } catch (const Error& error) {
    call->services->log.error("nobody comes for a customer who was parked",
                              {{"contact", call->contact->id}, {"error", error.what()}});
  }
}

bool of_one_queue(const Services& services, const Agent::Impl& one, const Agent::Impl& other) {
  return std::any_of(services.queues.begin(), services.queues.end(), [&](const auto& named) {
    const auto queue = named.second.lock();
    return queue && one.serves(*queue) && other.serves(*queue);
  });
}

bool may_pick_up(const Services& services, const Agent::Impl& by, const std::string& at) {
  const std::vector<std::string>& listed = by.options.picks_up;
  const auto names = [&](const std::string& id) {
    return std::find(listed.begin(), listed.end(), id) != listed.end();
  };
  if (names("*") || names(at)) return true;
  const auto agent = services.agents.find(at);
  return agent != services.agents.end() && of_one_queue(services, by, *agent->second);
}

bool rings_at_agent(const Party& party) {
  const bool relievable = !party.replaces && party.role != Role::supervisor;
  return party.alerting() && relievable && !party.line.record.agent.empty();
}

/// The leg that rings at an agent's, whom this one may relieve.
Party& require_ringing(Call::Impl& call, const Agent::Impl& by) {
  std::string others;
  for (const auto& party : call.conversation.parties) {
    const std::string& agent = party->line.record.agent;
    if (!rings_at_agent(*party)) continue;
    if (agent == by.options.id) refuse("the call rings at agent " + agent + " already");
    if (may_pick_up(*call.services, by, agent)) return *party;
    others += (others.empty() ? "" : ", ") + agent;
  }
  if (others.empty())
    refuse("there is nothing to pick up: " + call.contact->id + " is not parked and rings at no agent");
  refuse("agent " + by.options.id + " may not pick up what rings at agent " + others +
         ": they have no queue in common; see AgentOptions::picks_up");
}

struct RingingLeg {
  Call::Impl* call = nullptr;
  Party* party = nullptr;
};

/// Of the legs that ring at those whom the agent may relieve; without a party when there is none.
RingingLeg longest_ringing(const Services& services, const Driver& driver, const Agent::Impl& by) {
  RingingLeg longest;
  for (Call::Impl* call : services.open_calls) {
    if (!call->live() || &call->driver != &driver) continue;
    for (const auto& party : call->conversation.parties) {
      const std::string& agent = party->line.record.agent;
      if (!rings_at_agent(*party) || agent == by.options.id || !may_pick_up(services, by, agent)) continue;
      if (!longest.party || party->began < longest.party->began) longest = {call, party.get()};
    }
  }
  return longest;
}

/// The caller's own call ends: its line goes on with that customer.
std::unique_ptr<Leg> give_to(const Call::Impl& customers, Call::Impl& caller) {
  caller.contact->append(events::contact_transferred, {{"target", customers.contact->customer_address().uri},
                                                       {"result", to_string(Reached::answered)},
                                                       {"leg", Parties::customer}});
  caller.contact->transferred = true;
  std::unique_ptr<Leg> leg = caller.give_leg();
  leg->stop_playing();
  return leg;
}

Task<Reached> relieve(std::shared_ptr<Call::Impl> call, std::shared_ptr<Agent::Impl> by, Duration ring_time) {
  Party& party = call->conversation.add_instead_of(require_ringing(*call, *by), by->options.address);
  Task<Reached> reaching = reach(call, party, ring_time);
  Reached reached = co_await std::move(reaching);
  co_return reached;
}

}  // namespace

std::string park(std::shared_ptr<Call::Impl> call, ParkOptions options) {
  const Services& services = *call->services;
  call->conversation.require_free_hand();
  std::string slot = free_slot(services, options.slot);
  const ParkingOptions& parking = services.options.parking;
  auto queue = next_queue(*call, options.queue.empty() ? parking.queue : options.queue);
  const std::uint64_t number = call->conversation.park(slot);
  call->errands->spawn(watch(call, number, options.limit.value_or(parking.limit), std::move(queue)));
  return slot;
}

Task<Reached> pick_up(std::shared_ptr<Call::Impl> call, std::shared_ptr<Agent::Impl> by, Duration ring_time) {
  call->require_live();
  if (by->state == AgentState::logged_out) refuse("agent " + by->options.id + " is logged out: log in first");
  const bool parked = call->conversation.parked.has_value();
  Task<Reached> calling =
      parked ? dial_party(call, by->options.address, ring_time) : relieve(call, by, ring_time);
  Reached reached = co_await std::move(calling);
  co_return reached;
}

bool is_parking_slot(const Services& services, std::string_view number) {
  const std::vector<std::string>& slots = slots_of(services);
  return std::find(slots.begin(), slots.end(), number) != slots.end();
}

std::vector<std::shared_ptr<Call::Impl>> parked_calls(const Services& services) {
  std::vector<std::shared_ptr<Call::Impl>> calls;
  for (const std::string& slot : slots_of(services))
    if (Call::Impl* const call = occupant(services, slot)) calls.push_back(call->shared_from_this());
  return calls;
}

std::shared_ptr<Call::Impl> parked_in(const Services& services, const std::string& slot) {
  require_slot(services, slot);
  if (Call::Impl* const call = occupant(services, slot)) return call->shared_from_this();
  std::vector<std::string> taken;
  for (const auto& call : parked_calls(services)) taken.push_back(call->conversation.parked->slot);
  throw Error(Error::Code::not_found,
              "nobody is parked in slot '" + slot + "'; somebody is in: " + listed(taken));
}

std::shared_ptr<Call::Impl> ringing_at(const Services& services, const Agent::Impl& agent) {
  for (Call::Impl* call : services.open_calls)
    for (const auto& party : call->conversation.parties)
      if (call->live() && party->alerting() && party->line.record.agent == agent.options.id)
        return call->shared_from_this();
  refuse("no call rings at agent " + agent.options.id);
}

Task<> serve_slot(std::shared_ptr<Call::Impl> caller, std::string slot) {
  const Services& services = *caller->services;
  const std::shared_ptr<Agent::Impl> agent = services.agent_calling(caller->contact->from);
  if (!agent) {
    services.log.warning("only agents pick up who is parked", {{"from", caller->contact->from.uri}});
    caller->hang_up(Cause::rejected);
    co_return;
  }
  if (!occupant(services, slot)) {
    caller->hang_up(Cause::not_found);
    co_return;
  }
  caller->leg->answer();
  while (!caller->answered) co_await change(caller);
  Task<> writing = on_record(caller);
  co_await std::move(writing);
  Call::Impl* const parked = occupant(services, slot);
  if (!parked || &parked->driver != &caller->driver) co_return;
  parked->conversation.adopt(Role::party, agent->options.address, give_to(*parked, *caller));
}

Task<> serve_pickup(std::shared_ptr<Call::Impl> caller) {
  const Services& services = *caller->services;
  const Address from = caller->contact->from;
  const std::shared_ptr<Agent::Impl> agent = services.agent_calling(from);
  if (!agent || agent->state == AgentState::logged_out) {
    services.log.warning("only agents who are logged in pick up what rings", {{"from", from.uri}});
    caller->hang_up(Cause::rejected);
    co_return;
  }
  const RingingLeg longest = longest_ringing(services, caller->driver, *agent);
  if (longest.party)
    longest.call->conversation.replace(*longest.party, give_to(*longest.call, *caller), from);
  else caller->hang_up(Cause::not_found);
}

}  // namespace vcsr

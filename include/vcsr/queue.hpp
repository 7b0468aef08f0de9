// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "vcsr/agent.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/call.hpp"
#include "vcsr/callback.hpp"
#include "vcsr/distribution.hpp"
#include "vcsr/overflow.hpp"
#include "vcsr/recording_policy.hpp"

namespace vcsr {

/// How an agent's time for notes after a contact ends.
enum class WrapUpMode {
  timed,      ///< by itself after QueueOptions::wrap_up, or sooner by the agent
  none,       ///< there is none
  optional,   ///< timed, and only where the agent asked for it: see Agent::want_wrap_up()
  mandatory,  ///< by the agent alone
  forced,     ///< by itself only: the agent cannot end it before its time
};
/// "timed", "none", …
VCSR_EXPORT const char* to_string(WrapUpMode mode) noexcept;

/// A queue's terms of service; fixed once Center::add_queue() took them.
struct QueueOptions {
  std::string name;
  /// How long one agent's phone rings before the contact is offered to the next.
  Duration offer_time = std::chrono::seconds(20);
  /// An agent who let this many offers ring out one after the other becomes not_ready("no answer").
  int misses_allowed = 1;
  Duration wrap_up = std::chrono::seconds(30);  ///< after each talk; zero for none
  /// One step of priority puts a contact ahead of those that came this much earlier.
  Duration priority_worth = std::chrono::minutes(1);
  /// Contacts that may wait; the next is not taken.
  std::size_t limit = 500;
  Duration service_level = std::chrono::seconds(20);  ///< answers within it count as in time

  /// Catalog names of what is heard while waiting; "" for none. The position prompt has a slot {position}.
  std::string music = {};
  std::string position = {};
  /// The same with a slot {wait}, "about three minutes" in English and Chinese; not said while nothing can be
  /// estimated.
  std::string wait = {};
  /// What a contact takes an agent, wrap-up included, while none was measured; zero: unknown.
  Duration handling_time = {};
  Duration announce_every = std::chrono::seconds(30);
  /// Conversations with agents are recorded, on these terms where no rule of the center's policy fits.
  bool record = false;
  /// One for each occasion at most. Center::add_queue() throws Error(invalid) for those that contradict
  /// themselves; a queue or mailbox must be there when it is needed.
  std::vector<Overflow> overflows = {};
  RecordingTerms recording = {};

  WrapUpMode wrap_up_mode = WrapUpMode::timed;
  Duration wrap_up_extension{};  ///< by how much agents may extend a wrap-up that ends by itself
  /// Codes of what came of a contact ("sold", "call again"), which agents give with Agent::dispose().
  std::vector<std::string> dispositions = {};
  /// Wrap-up does not end before there is one; when its time is over, disposition_default is taken.
  bool disposition_mandatory = false;
  std::string disposition_default = {};  ///< one of the codes; "" to wait for the agent instead

  /// Which of the agents who are free and can take a contact gets it. With Strategy::ring_all offers to
  /// several end as soon as one answers; who declines or misses it drops out of that round.
  Strategy strategy = Strategy::longest_idle;
  /// Of Strategy::custom: how good the agent (second) would be for the contact (first), by their ids.
  std::function<double(const std::string&, const std::string&)> score = {};
  /// Over 0. Where queues share agents, a contact's age counts so many times against those of other queues;
  /// one choice in eight is by age alone, so that nobody waits for ever.
  double weight = 1;
  /// With Fairness::service_level of the last 100 contacts that were answered, or left later than
  /// `service_level`, this share should have been answered within it: over 0, at most 1. One choice in eight
  /// is by age alone here, too.
  Fairness fairness = Fairness::weight;
  double service_level_goal = 0.8;
  /// Whether contacts are taken at a time; empty: always. Who waits already goes on waiting. Asked on the
  /// loop for each contact that comes; what it throws ends Queue::serve().
  std::function<bool(WallTime)> open = {};
  /// What all contacts ask of the agent, and how that relaxes while they wait: in the order of the times.
  /// Center::add_queue() throws Error(invalid) for what no skills can meet and for a step by which nobody
  /// would do who would not before.
  Requirement requirement = {};
  std::vector<RequirementStep> relaxed = {};

  /// Whether and how customers are called back: Overflow::To::callback, Queue::call_back().
  std::optional<CallbackTerms> callback = {};
  /// A caller who left or was cut off while waiting, and calls again from the same number within this time,
  /// has her place back. Zero: begins anew.
  Duration resume_within{};
};

/// On which terms one contact waits.
struct ServeOptions {
  int priority = 0;                     ///< more is sooner; each step is worth QueueOptions::priority_worth
  Duration patience = Duration::max();  ///< how long we let the customer wait
};
static_assert(std::is_trivially_destructible_v<ServeOptions>);

/// How waiting in a queue ended while the customer was still there.
struct Served {
  /// Without an Overflow for it `nobody`, `long_wait` and `key` do not happen.
  enum class Result { served, timed_out, full, nobody, long_wait, key, overflowed, closed };
  Result result;
  std::string agent;  ///< the last agent's id; "" when nobody served
  Duration waited{}, talked{};
  std::string queue = {};  ///< the last one, after overflows
};

/// "served", "timed_out", "full", "nobody", "long_wait", "key", "overflowed", "closed".
VCSR_EXPORT const char* to_string(Served::Result result) noexcept;

/// Counted since the journal began: Center::recover() reads what was before. At any moment entered = answered
/// + abandoned + timed_out + left_by_key + deserted + callbacks + unreached + waiting, and offered = entered
/// + refused.
struct QueueReport {
  std::size_t entered = 0, answered = 0, abandoned = 0, timed_out = 0, waiting = 0;
  std::size_t left_by_key = 0;
  std::size_t callbacks = 0;  ///< left the line to be called back
  std::size_t unreached = 0;  ///< callbacks that had an agent, but the customer did not answer
  std::size_t deserted = 0;   ///< waited when the last agent logged out; see Overflow::When::nobody
  std::size_t refused = 0;    ///< not taken: closed, full, nobody logged in, too long a wait
  /// Of those who entered or were refused: "full", "nobody", "long_wait", "waited", "key", "closed".
  std::map<std::string, std::size_t> flowed_out = {};
  std::size_t answered_in_time = 0;    ///< within QueueOptions::service_level
  std::size_t offers = 0, misses = 0;  ///< offers made; those that rang out or were declined
  Duration longest_wait{};             ///< of those answered
  /// Waits estimated on arrival of those who were answered; those of them within a fifth of the real wait;
  /// and their mean absolute error.
  std::size_t estimates = 0, close_estimates = 0;
  Duration estimate_error{};
};

/// Where contacts wait and from which they are offered to agents who can take them: the best by the queue's
/// Strategy, the contact with the most priority and age. Event-driven: a decision is made when a contact
/// arrives or an agent becomes free, in O(log n). A contact is offered to one agent at a time, but
/// with Strategy::ring_all, and every offer ends within its limit. A handle on its center's loop.
class VCSR_EXPORT Queue {
 public:
  const std::string& name() const;

  /// Both may come at any time; the contact in hand is not touched, and doing it twice is doing it once.
  /// Agents of a lower level are chosen before all others; added again, an agent has the new level.
  void add(Agent agent, int level = 0);
  void remove(const Agent& agent);

  /// The whole way of a caller to a person: waits with music and position, rings agents until one
  /// answers, connects, and returns when the talk is over. Throws Hangup when the customer leaves;
  /// wherever that happens, offers and reservations are undone.
  Task<Served> serve(Call call, Reason reason, ServeOptions options = {});

  /// The same for a contact without a call, which an agent takes with Agent::accept() within
  /// QueueOptions::offer_time and ends with Agent::finish(). Throws Hangup when the contact is closed.
  Task<Served> serve(Contact contact, ServeOptions options = {});

  /// Calls the customer back when it is her turn: a contact of Channel::callback that waits in the queue, is
  /// durable, and ends with Outcome::served, Outcome::unreached or, by Contact::close(), Outcome::abandoned.
  /// Throws Error(refused) where the queue calls nobody back, for a number it does not call, for one that is
  /// to be called back already, and at the limit; Error(invalid) for a time out of hours.
  Contact call_back(CallbackRequest request);

  /// What a contact that arrived now with this priority would wait: (j + 1) · AHT / N, where j are ahead of
  /// it, AHT is the mean of the last 32 handlings and N the agents at work, of whom one with several queues
  /// counts by the share of her work that is this one's. Nothing while that is not known.
  std::optional<Duration> estimated_wait(int priority = 0) const;

  /// Ids of the contacts that wait, first to be served first.
  std::vector<std::string> waiting() const;
  QueueReport report() const;
  /// Why a contact that waits in this queue or is offered is where it is, and of every agent of the queue why
  /// she does not take it; skills in words of `language`. Throws Error(not_found) for any other contact.
  Explanation explain(const std::string& contact, std::string_view language = "en") const;

  class Impl;
  explicit Queue(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr

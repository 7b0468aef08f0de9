// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// The formulas that go by the name "service level". ANS answered, AB abandoned, SA abandoned within the
/// short time, FLOW and CB left by rule and by callback; _T within the target.
enum class ServiceLevel {
  offered,              ///< ANS_T / (ANS + AB + FLOW + CB − SA): the default
  answered,             ///< ANS_T / ANS: does not see those who abandon
  including_abandoned,  ///< (ANS_T + AB_T) / (ANS + AB)
  plus_late_abandoned,  ///< ANS_T / (ANS + AB − AB_T)
  genesys,              ///< ANS_T / (ANS + AB) with the switches of GenesysTerms
};
/// "SL_OFFERED", "SL_ANSWERED", "SL_INCL_AB", "SL_ANS_PLUS_LATE_AB", "SL_GENESYS"
VCSR_EXPORT const char* to_string(ServiceLevel formula) noexcept;

/// What goes into the denominator of SL_GENESYS, or does not.
struct GenesysTerms {
  bool flowed = false;             ///< + FLOW
  bool without_short = false;      ///< − SA
  bool without_abandoned = false;  ///< − AB
};

/// What happened in one queue in one interval. Every figure without contacts to speak of is empty, not 0.
struct VCSR_EXPORT QueueFigures {
  WallTime begins{};
  Duration length{};

  std::size_t waiting_at_start = 0, waiting_at_end = 0;  ///< of intervals by end time only
  std::size_t offered = 0;                               ///< entered, those refused at once too
  std::size_t answered = 0, answered_in_time = 0;
  std::size_t abandoned = 0, abandoned_in_time = 0;
  std::size_t short_abandoned = 0;  ///< of `abandoned`, those within the short time
  std::size_t flowed = 0;           ///< left by rule: overflow, limit of time, key, voicemail, refused
  std::size_t called_back = 0;      ///< left by asking for a callback, which is no abandon
  std::size_t offers = 0, offers_missed = 0, offers_withdrawn = 0;

  Duration waited_answered{}, waited_abandoned{}, waited_others{}, longest_wait{};
  /// The sum of everybody's waiting inside the interval: its length times the mean number waiting.
  Duration waiting_time{};
  std::vector<Duration> waits = {};  ///< of those answered, in that order

  std::size_t handled = 0;  ///< handlings that ended, one per agent who had the contact
  Duration talked{}, held{}, wrapped_up{};
  /// Contacts that an agent passed on, and of these those passed on blindly and after consulting.
  std::size_t transferred = 0, transferred_blind = 0, transferred_consulted = 0;

  std::size_t estimates = 0;        ///< waits estimated on arrival of those who were answered later
  std::size_t close_estimates = 0;  ///< of these, within a fifth of the wait
  Duration estimates_off{};         ///< the sum of the differences, one way or the other

  /// ANS + AB + FLOW + CB.
  std::size_t ended() const { return answered + abandoned + flowed + called_back; }
  /// waiting at start + offered = answered + abandoned + flowed + called back + waiting at end.
  bool conserved() const { return waiting_at_start + offered == ended() + waiting_at_end; }

  std::optional<double> service_level(ServiceLevel formula = ServiceLevel::offered,
                                      const GenesysTerms& terms = {}) const;
  std::optional<Duration> speed_of_answer() const;  ///< ASA: mean wait of those answered
  std::optional<Duration> mean_wait() const;        ///< of all that ended
  std::optional<Duration> time_to_abandon() const;
  /// The wait that this share of those answered did not exceed: 0.5, 0.9, 1.
  std::optional<Duration> wait_percentile(double share) const;
  std::optional<double> abandonment() const;                ///< AB / ended
  std::optional<double> abandonment_without_short() const;  ///< (AB − SA) / (ended − SA)
  std::optional<Duration> handling_time() const;            ///< AHT per agent who had a contact
  std::optional<Duration> handling_time_per_contact() const;
  std::optional<double> transfer_rate() const;     ///< transferred / answered
  std::optional<Duration> estimate_error() const;  ///< mean difference of estimate and wait
  std::optional<double> close_estimates_share() const;

  /// Sums; of `waits` the whole. The interval becomes the one that holds both.
  QueueFigures& operator+=(const QueueFigures& other);
};

/// Where one agent's time went in one interval, or that of several.
struct VCSR_EXPORT AgentFigures {
  WallTime begins{};
  Duration length{};
  Duration ready{}, reserved{}, talked{}, held{}, wrapped_up{}, not_ready{};
  std::size_t handled = 0, offers = 0, offers_accepted = 0;
  /// By the schedule, and of that at work: ready or with a contact, from the ringing to the notes.
  Duration scheduled{}, adhered{};

  Duration at_work() const { return ready + reserved + talked + held + wrapped_up; }
  Duration logged_in() const { return ready + reserved + talked + held + wrapped_up + not_ready; }
  /// Work / (work + ready); not_ready is outside. Ringing is work unless it is left out of both.
  std::optional<double> occupancy(bool with_ringing = true) const;
  /// Talk, hold and wrap-up / logged in.
  std::optional<double> utilization() const;
  std::optional<double> answer_rate() const;  ///< offers accepted / offers made
  std::optional<double> adherence() const;    ///< at work as scheduled / scheduled
  std::optional<double> conformance() const;  ///< at work at any time / scheduled

  /// Sums. The interval becomes the one that holds both.
  AgentFigures& operator+=(const AgentFigures& other);
};

/// What became in one interval of the callers whom a dialogue answered; they belong to that in which it did.
struct VCSR_EXPORT SelfServiceFigures {
  WallTime begins{};
  Duration length{};
  std::size_t entered = 0;
  std::size_t asked_for_agent = 0;  ///< came into a queue or to an agent
  /// Self-served without an agent, and not back within a day; those who were are `repeated` instead.
  std::size_t contained = 0, repeated = 0;

  std::optional<double> containment() const;  ///< contained / entered

  /// Sums. The interval becomes the one that holds both.
  SelfServiceFigures& operator+=(const SelfServiceFigures& other);
};

/// When an agent is to be at work.
struct ScheduledTime {
  WallTime begins{}, ends{};
};

/// What key figures depend on besides what happened.
struct FigureOptions {
  Duration interval = std::chrono::minutes(30);  ///< they begin at whole multiples of it, UTC
  Duration target = std::chrono::seconds(20);    ///< an answer within it is in time
  Duration short_abandon = std::chrono::seconds(5);
  std::map<std::string, Duration, std::less<>> targets = {};  ///< of queues that have one of their own
  /// By agent, one after the other: adherence and conformance are measured by it.
  std::map<std::string, std::vector<ScheduledTime>, std::less<>> schedules = {};
};

/// To which interval a contact belongs: that in which it entered (for staffing), or in which each thing
/// happened (for billing, boards and agents' reports).
enum class Attribution { by_enqueue, by_end };

/// The key figures as a fold over the journal: apply() its entries in their order. The same for a live
/// board, for history and for a simulation. A value: a copy goes its own way.
class VCSR_EXPORT KeyFigures {
 public:
  /// Throws Error(invalid) for an interval below a second.
  explicit KeyFigures(FigureOptions options = {});
  KeyFigures(const KeyFigures& other);
  KeyFigures& operator=(const KeyFigures& other);
  KeyFigures(KeyFigures&&) noexcept;
  KeyFigures& operator=(KeyFigures&&) noexcept;
  ~KeyFigures();

  void apply(const JournalEntry& entry);
  /// Counts the time until now, without an entry: waiting goes on, and so do agents' states.
  void advance(WallTime now);

  std::vector<std::string> queues() const;
  std::vector<std::string> agents() const;
  /// From the first interval in which something happened to the last, without gaps. Empty for a queue or
  /// agent that is unknown.
  std::vector<QueueFigures> queue(const std::string& name, Attribution by = Attribution::by_end) const;
  std::vector<AgentFigures> agent(const std::string& id) const;
  /// All agents together.
  std::vector<AgentFigures> agents_together() const;
  /// Of everything so far.
  QueueFigures queue_total(const std::string& name) const;
  AgentFigures agents_total() const;
  /// From the first interval in which a dialogue answered somebody to the last.
  std::vector<SelfServiceFigures> self_service() const;
  SelfServiceFigures self_service_total() const;

  class Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/figures.hpp"

#include <algorithm>
#include <cmath>

namespace vcsr {

namespace {

std::optional<double> ratio(double part, double whole) {
  if (whole <= 0) return {};
  return part / whole;
}

std::optional<double> ratio(std::size_t part, std::size_t whole) {
  return ratio(static_cast<double>(part), static_cast<double>(whole));
}

std::optional<double> ratio(Duration part, Duration whole) {
  return ratio(static_cast<double>(part.count()), static_cast<double>(whole.count()));
}

std::optional<Duration> mean(Duration sum, std::size_t count) {
  if (count == 0) return {};
  return sum / static_cast<Duration::rep>(count);
}

/// The interval that holds both; one of no length holds nothing yet.
template <class Figures>
void cover(Figures& all, const Figures& more) {
  const WallTime end = std::max(all.begins + all.length, more.begins + more.length);
  all.begins = all.length == Duration::zero() ? more.begins : std::min(all.begins, more.begins);
  all.length = end - all.begins;
}

}  // namespace

const char* to_string(ServiceLevel formula) noexcept {
  constexpr const char* names[] = {"SL_OFFERED", "SL_ANSWERED", "SL_INCL_AB", "SL_ANS_PLUS_LATE_AB",
                                   "SL_GENESYS"};
  return names[static_cast<int>(formula)];
}

std::optional<double> QueueFigures::service_level(ServiceLevel formula, const GenesysTerms& terms) const {
  switch (formula) {
    case ServiceLevel::offered: return ratio(answered_in_time, ended() - short_abandoned);
    case ServiceLevel::answered: return ratio(answered_in_time, answered);
    case ServiceLevel::including_abandoned:
      return ratio(answered_in_time + abandoned_in_time, answered + abandoned);
    case ServiceLevel::plus_late_abandoned:
      return ratio(answered_in_time, answered + abandoned - abandoned_in_time);
    case ServiceLevel::genesys: break;
  }
  // Who leaves out all who abandoned has left out those who did so soon as well.
  const std::size_t left_out = terms.without_abandoned ? abandoned
                               : terms.without_short   ? short_abandoned
                                                       : 0;
  return ratio(answered_in_time, answered + abandoned + (terms.flowed ? flowed : 0) - left_out);
}

std::optional<Duration> QueueFigures::speed_of_answer() const { return mean(waited_answered, answered); }

std::optional<Duration> QueueFigures::mean_wait() const {
  return mean(waited_answered + waited_abandoned + waited_others, ended());
}

std::optional<Duration> QueueFigures::time_to_abandon() const { return mean(waited_abandoned, abandoned); }

std::optional<Duration> QueueFigures::wait_percentile(double share) const {
  if (waits.empty()) return {};
  const double rank = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(waits.size()));
  const auto nth = static_cast<std::ptrdiff_t>(std::max(rank, 1.0)) - 1;
  std::vector<Duration> sorted = waits;
  std::nth_element(sorted.begin(), sorted.begin() + nth, sorted.end());
  return sorted[static_cast<std::size_t>(nth)];
}

std::optional<double> QueueFigures::abandonment() const { return ratio(abandoned, ended()); }

std::optional<double> QueueFigures::abandonment_without_short() const {
  return ratio(abandoned - short_abandoned, ended() - short_abandoned);
}

std::optional<Duration> QueueFigures::handling_time() const {
  return mean(talked + held + wrapped_up, handled);
}

std::optional<Duration> QueueFigures::handling_time_per_contact() const {
  return mean(talked + held + wrapped_up, answered);
}

std::optional<double> QueueFigures::transfer_rate() const { return ratio(transferred, answered); }
std::optional<Duration> QueueFigures::estimate_error() const { return mean(estimates_off, estimates); }
std::optional<double> QueueFigures::close_estimates_share() const {
  return ratio(close_estimates, estimates);
}

QueueFigures& QueueFigures::operator+=(const QueueFigures& other) {
  const bool first = length == Duration::zero();
  if (first || other.begins < begins) waiting_at_start = other.waiting_at_start;
  if (first || other.begins >= begins + length) waiting_at_end = other.waiting_at_end;
  cover(*this, other);
  constexpr std::size_t QueueFigures::*counts[] = {
      &QueueFigures::offered,       &QueueFigures::answered,          &QueueFigures::answered_in_time,
      &QueueFigures::abandoned,     &QueueFigures::abandoned_in_time, &QueueFigures::short_abandoned,
      &QueueFigures::flowed,        &QueueFigures::called_back,       &QueueFigures::offers,
      &QueueFigures::offers_missed, &QueueFigures::offers_withdrawn,  &QueueFigures::handled,
      &QueueFigures::transferred,   &QueueFigures::transferred_blind, &QueueFigures::transferred_consulted,
      &QueueFigures::estimates,     &QueueFigures::close_estimates};
  for (const auto count : counts) this->*count += other.*count;
  constexpr Duration QueueFigures::*times[] = {
      &QueueFigures::waited_answered, &QueueFigures::waited_abandoned, &QueueFigures::waited_others,
      &QueueFigures::waiting_time,    &QueueFigures::talked,           &QueueFigures::held,
      &QueueFigures::wrapped_up,      &QueueFigures::estimates_off};
  for (const auto time : times) this->*time += other.*time;
  longest_wait = std::max(longest_wait, other.longest_wait);
  waits.insert(waits.end(), other.waits.begin(), other.waits.end());
  return *this;
}

std::optional<double> AgentFigures::occupancy(bool with_ringing) const {
  const Duration work = talked + held + wrapped_up + (with_ringing ? reserved : Duration::zero());
  return ratio(work, work + ready);
}

std::optional<double> AgentFigures::utilization() const {
  return ratio(talked + held + wrapped_up, logged_in());
}

std::optional<double> AgentFigures::answer_rate() const { return ratio(offers_accepted, offers); }

std::optional<double> AgentFigures::adherence() const { return ratio(adhered, scheduled); }
std::optional<double> AgentFigures::conformance() const { return ratio(at_work(), scheduled); }

AgentFigures& AgentFigures::operator+=(const AgentFigures& other) {
  cover(*this, other);
  constexpr Duration AgentFigures::*times[] = {
      &AgentFigures::ready,      &AgentFigures::reserved,  &AgentFigures::talked,    &AgentFigures::held,
      &AgentFigures::wrapped_up, &AgentFigures::not_ready, &AgentFigures::scheduled, &AgentFigures::adhered};
  for (const auto time : times) this->*time += other.*time;
  handled += other.handled;
  offers += other.offers;
  offers_accepted += other.offers_accepted;
  return *this;
}

std::optional<double> SelfServiceFigures::containment() const { return ratio(contained, entered); }

SelfServiceFigures& SelfServiceFigures::operator+=(const SelfServiceFigures& other) {
  cover(*this, other);
  entered += other.entered;
  asked_for_agent += other.asked_for_agent;
  contained += other.contained;
  repeated += other.repeated;
  return *this;
}

}  // namespace vcsr

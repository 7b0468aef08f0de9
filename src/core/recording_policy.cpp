// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recording_policy.hpp"

#include <algorithm>
#include <string_view>

#include "core/recording_terms.hpp"

namespace vcsr {

const char* to_string(RecordingMode mode) noexcept {
  constexpr const char* names[] = {"none", "on_demand", "speech", "all"};
  return names[static_cast<int>(mode)];
}

const char* to_string(ConsentMode consent) noexcept {
  constexpr const char* names[] = {"none", "customer", "everybody"};
  return names[static_cast<int>(consent)];
}

namespace {

bool matches(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == pattern.npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  pattern.remove_prefix(star + 1);
  for (std::size_t at = star; at <= text.size(); ++at)
    if (matches(pattern, text.substr(at))) return true;
  return false;
}

bool fits(const std::vector<std::string>& patterns, std::string_view text) {
  return patterns.empty() ||
         std::any_of(patterns.begin(), patterns.end(),
                     [text](const std::string& pattern) { return matches(pattern, text); });
}

std::string_view bare(std::string_view number) {
  if (number.starts_with("+")) return number.substr(1);
  return number.starts_with("00") ? number.substr(2) : number;
}

bool number_fits(const std::vector<std::string>& patterns, std::string_view number) {
  return fits(patterns, number) ||
         std::any_of(patterns.begin(), patterns.end(),
                     [number](const std::string& pattern) { return matches(bare(pattern), bare(number)); });
}

std::string percent(double share) {
  std::string text = std::to_string(share);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + " %";
}

}  // namespace

bool may_fit(const RecordingRule& rule, const RecordingFacts& facts) {
  return rule.whole_call == facts.whole_call && fits(rule.queues, facts.queue) &&
         number_fits(rule.numbers, facts.number) && number_fits(rule.callers, facts.caller);
}

RecordingDecision on_terms(const RecordingTerms& terms, const std::string& rule, double dice) {
  RecordingDecision decision{terms, rule, "rule \"" + rule + "\""};
  if (dice < terms.share) return decision;
  decision.terms.mode = RecordingMode::none;
  decision.reason += ": not in the share of " + percent(terms.share);
  return decision;
}

RecordingDecision decide(const RecordingPolicy& policy, const RecordingFacts& facts) {
  std::size_t number = 0;
  for (const RecordingRule& rule : policy.rules) {
    ++number;
    if (!may_fit(rule, facts) || !fits(rule.agents, facts.agent)) continue;
    return on_terms(rule.terms, rule.name.empty() ? std::to_string(number) : rule.name, facts.dice);
  }
  RecordingDecision none;
  none.reason = "no rule fits";
  return none;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/rule_strategy.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

std::optional<Contact> contact_of(const Center& center, const std::string& id) {
  if (std::optional<Contact> contact = center.find_contact(id)) return contact;
  const std::optional<Call> call = center.find_call(id);
  return call ? std::optional<Contact>(call->contact()) : std::nullopt;
}

Facts facts_of(const Center& center, const std::string& contact, const std::string& agent) {
  const std::optional<Contact> waiting = contact_of(center, contact);
  Facts facts = waiting ? waiting->customer().facts() : Facts();
  if (waiting) facts.insert_or_assign("reason", waiting->reason());
  Facts skills;
  for (const auto& [skill, level] : center.agent(agent).skills()) skills.emplace(skill, level);
  facts.insert_or_assign("agent", agent);
  facts.insert_or_assign("skills", std::move(skills));
  return facts;
}

std::optional<double> number_in(const Value& value) {
  if (const auto* const whole = value.get_if<std::int64_t>()) return static_cast<double>(*whole);
  if (const auto* const fraction = value.get_if<double>()) return *fraction;
  const auto* const outputs = value.get_if<Facts>();
  return outputs && outputs->size() == 1 ? number_in(outputs->begin()->second) : std::nullopt;
}

}  // namespace

std::function<double(const std::string&, const std::string&)> score_by(const Center& center,
                                                                       RuleStrategy strategy) {
  std::vector<std::string> inputs = strategy.rules.inputs(strategy.decision);
  return [&center, strategy = std::move(strategy), inputs = std::move(inputs)](const std::string& contact,
                                                                               const std::string& agent) {
    Facts facts = facts_of(center, contact, agent);
    for (const std::string& input : inputs) facts.try_emplace(input, nullptr);
    try {
      const Decision decision = strategy.rules.decide(strategy.decision, facts);
      return number_in(decision.value).value_or(strategy.otherwise);
    } catch (const Error& error) {
      strategy.log.warning("rules do not tell how good an agent is for a contact",
                           {{"contact", contact}, {"agent", agent}, {"error", error.what()}});
      return strategy.otherwise;
    }
  };
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "vcsr/base/export.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/center.hpp"
#include "vcsr/rule_set.hpp"

namespace vcsr {

/// Rules that say how good an agent would be for a contact.
struct RuleStrategy {
  RuleSet rules;
  std::string decision;  ///< whose value, or only output, is a number: more is better
  double otherwise = 0;  ///< where it is none, or the decision fails
  Log log = {};          ///< is told of decisions that fail
};

/// For QueueOptions::score, with Strategy::custom. Inputs of the decision are CustomerContext::facts() and
/// "reason" of the contact, and of the agent "agent" (the id) and "skills" (levels by name); whatever else it
/// asks for is null. Throws Error(not_found) for a decision that there is not. The center outlives the queue.
VCSR_EXPORT std::function<double(const std::string& contact, const std::string& agent)> score_by(
    const Center& center, RuleStrategy strategy);

}  // namespace vcsr

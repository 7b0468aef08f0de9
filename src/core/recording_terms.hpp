// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/recording_policy.hpp"

namespace vcsr {

/// Whether the rule fits as far as is known before there is an agent.
bool may_fit(const RecordingRule& rule, const RecordingFacts& facts);
/// What the terms of a rule that fits come to.
RecordingDecision on_terms(const RecordingTerms& terms, const std::string& rule, double dice);

}  // namespace vcsr

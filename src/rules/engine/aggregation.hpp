// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>

#include "rules/feel/language/evaluation.hpp"

namespace vcsr::rules {

/// Of numbers; a mistake where something else is among them.
feel::Value sum_of(const feel::List& values, feel::Evaluation& evaluation);
/// The value that is `order` than all others; a mistake where two have no order.
feel::Value extreme_of(const feel::List& values, std::partial_ordering order, feel::Evaluation& evaluation);
/// The place of a value among those that are ordered; behind the last one when it is not there.
std::size_t place_in(const feel::List& order, const feel::Value& value);

}  // namespace vcsr::rules

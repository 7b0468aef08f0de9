// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "app/access.hpp"
#include "vcsr/agent.hpp"

namespace vcsr {

/// Carries out what a user asks of an agent: {"do": "ready"}. What agents do themselves, they and
/// administrators may; what supervisors do, these and administrators, and it is on record under their name.
/// Throws Forbidden; Error(invalid) for an order that is none, naming those there are; and what the
/// agent throws.
void order_agent(Agent agent, const User& user, std::string_view json);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/base/together.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/center.hpp"

namespace vcsr {

/// Calls an agent who then has who is parked, {"agent": "1002", "slot": "701"}, or for whom it rings at
/// another agent's, {"agent": "1002", "from": "1001"}; what comes of it goes on in `work`. Returns the
/// contact as JSON. Throws Error: invalid naming the field, not_found for an agent, slot or customer who is
/// not there, refused where the agent may not.
std::string order_pickup(const Center& center, std::string_view json, Scope& work);

/// Who is parked, ready for JSON: [{"slot", "contact", "by", "agent", "since"}].
Value list_parked(const Center& center);

}  // namespace vcsr

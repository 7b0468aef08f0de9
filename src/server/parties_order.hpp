// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/base/together.hpp"
#include "vcsr/center.hpp"

namespace vcsr {

/// Does what a desktop wants with the parties of an open call, {"do": "consult", "to": "sip:1002"}, and
/// returns who is in it then as JSON: {"legs": [{"leg": 1, "role": "customer", "state": "hold", …}]}, and
/// "parked": the slot, where that is so. An
/// empty order only asks. What takes longer, such as the ringing of who is called, goes on in `work`. Throws
/// Error: not_found for a contact without an open call or a leg that is not there, invalid naming the field,
/// refused where the state of the call does not allow it.
std::string order_parties(const Center& center, const std::string& contact, std::string_view json,
                          Scope& work);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drivers/sip/sofia.hpp"

namespace vcsr::sip {

/// Whether the event may say where a dialog's requests go from now on.
bool tells_of_target(const NuaEvent& event);

/// Whether the message leaves the dialog with a target that a request can be sent to without asking anybody
/// where that is.
bool names_a_place(const sip_t* message);

}  // namespace vcsr::sip

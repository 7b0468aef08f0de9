// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/center.hpp"

namespace vcsr {

/// Does what a desktop wants with the recording of an open call, {"do": "pause", "reason": "card payment"}
/// ("start", "stop", "pause", "resume", and "withdraw" for a customer who does not agree any more), and
/// returns what is the case then as JSON: {"recording": id, "running": …, "paused": …}. An empty order only
/// asks. Throws Error: not_found for a contact without an open call, invalid naming the field, refused where
/// the policy forbids it.
std::string order_recording(const Center& center, const std::string& contact, std::string_view json);

}  // namespace vcsr

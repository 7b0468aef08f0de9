// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/config.hpp"
#include "vcsr/base/secret.hpp"

namespace vcsr {

/// Has a center that runs by this configuration do what the JSON says: a POST with the token. Waits for it,
/// for 10 s at most. Returns what it answers; throws Error: unavailable where nobody answers, refused with
/// the center's words where it does not do it.
std::string order_center(const WebConfig& web, const Secret& token, const std::string& path,
                         const std::string& json);

}  // namespace vcsr

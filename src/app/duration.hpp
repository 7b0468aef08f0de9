// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "vcsr/base/time.hpp"

namespace vcsr {

/// "500ms", "1.5s", "2min", "1h"; nothing when the text is no duration.
std::optional<Duration> parse_duration(std::string_view text);

}  // namespace vcsr

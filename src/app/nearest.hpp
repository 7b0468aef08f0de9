// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vcsr {

/// The known name that `name` was probably meant to be; "" when none is near.
std::string nearest(std::string_view name, const std::vector<std::string>& known);

}  // namespace vcsr

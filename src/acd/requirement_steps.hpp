// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/requirement.hpp"

namespace vcsr {

/// Why a queue cannot ask for that; "" when it can.
std::string contradiction_in(const Requirement& requirement);
/// Why a queue cannot ask for that instead of `before`, which is all it has asked for until then.
std::string contradiction_in(const Requirement& step, const Requirement& before);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

/// Throws Error(invalid) naming the option, its value and what would do.
void check(const SipOptions& options);

}  // namespace vcsr::sip

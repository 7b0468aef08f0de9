// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/opening_hours.hpp"
#include "vcsr/center.hpp"

namespace vcsr {

class Loop;

/// Serves callers by `dialogue` within the hours; outside of them they leave a message. The loop outlives it.
Dialogue out_of_hours(Loop& loop, OpeningHours hours, Mailbox mailbox, Dialogue dialogue);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/flows.hpp"

namespace vcsr {

/// "voicemail" takes a message, "mailbox" plays them to their owner, "extension" rings a telephone and takes
/// a message where nobody answers.
void add_voicemail_flows(Flows& flows);

}  // namespace vcsr

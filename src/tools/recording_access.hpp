// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/access.hpp"
#include "tools/recording.hpp"

namespace vcsr {

/// The request with who asks, where the configuration names users: the one whose token it has. Whoever may
/// not is on record in the ledger. Throws Error: refused without a user's token, Denied.
RecordingRequest admitted(RecordingRequest request, Right right);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/call_impl.hpp"

namespace vcsr {

/// A telephone that is in this call as `asking` (null: as its customer) and, at `other`, in a second one
/// leaves both, and those it talked with talk with each other: its attended transfer. False when that cannot
/// be.
bool request_merger(Call::Impl& call, Party* asking, Leg& other);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/call_impl.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr {

/// Who takes part in a call besides its customer, first who is in charge of her. The number that she dialled
/// where nobody is, so never empty.
std::vector<RecordedParty> recorded_parties(const Call::Impl& call);

/// Tells the recording that runs, if there is one and it does not know yet.
void tell_parties(Call::Impl& call);

}  // namespace vcsr

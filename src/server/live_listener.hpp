// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "server/http_message.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/call.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/recording/live.hpp"

namespace vcsr {

/// Who hears which recording of which contact; "" of one that is not recorded.
struct Overheard {
  std::string contact, recording, by;
};

/// What is heard as endless WAV, and `listening` with it, where there is one; begin and end are told to the
/// journal, which outlives the response.
HttpResponse listen_live(Loop& loop, Journal& journal, LiveListening live, Overheard overheard,
                         std::optional<Call::Listening> listening = {});

}  // namespace vcsr

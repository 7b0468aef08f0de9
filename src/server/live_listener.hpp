// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "server/http_message.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/recording/live.hpp"

namespace vcsr {

/// Who hears which recording of which contact.
struct Overheard {
  std::string contact, recording, by;
};

/// What is heard as endless WAV; begin and end are told to the journal, which outlives the response.
HttpResponse listen_live(Loop& loop, Journal& journal, LiveListening live, Overheard overheard);

}  // namespace vcsr

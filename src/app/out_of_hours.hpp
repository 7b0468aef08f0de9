// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "vcsr/center.hpp"
#include "vcsr/opening_hours.hpp"

namespace vcsr {

class Loop;

/// What those hear who call out of hours, one after the other.
struct Closed {
  std::string prompt = {};              ///< of the catalog; "": none
  bool tells_opening = false;           ///< when somebody is there again, in English or Chinese
  std::optional<Mailbox> mailbox = {};  ///< takes a message
};

/// "We open again tomorrow at nine a.m."; "" when these hours never open again. In Chinese for "zh…".
std::string next_opening_in_words(const OpeningHours& hours, WallTime now, const std::string& language);

/// Serves callers by `dialogue` within the hours and by `closed` outside of them. The loop outlives it.
Dialogue out_of_hours(Loop& loop, OpeningHours hours, Closed closed, Dialogue dialogue);

}  // namespace vcsr

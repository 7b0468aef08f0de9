// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "vcsr/store/customer_store.hpp"
#include "vcsr/telephony/driver.hpp"

namespace vcsr {

/// A leg's part in a conversation: what is known of it, and where its time went.
struct Line {
  enum class Sound { none, music, ringing };

  LegRecord record;
  Leg* leg = nullptr;
  bool present = false;  ///< can be talked with
  bool ended = false;
  bool held = false;   ///< by us
  bool away = false;   ///< its own telephone has put us on hold
  bool muted = false;  ///< by us
  bool apart = false;  ///< asked something that is nobody else's affair
  Sound sound = Sound::none;
  Duration LegRecord::*counting = &LegRecord::rang;  ///< where time goes now
};

}  // namespace vcsr

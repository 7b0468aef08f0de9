// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vcsr/base/export.hpp"

namespace vcsr {

/// Why a leg ended or was refused; the names follow ITU-T Q.850. A driver maps its own protocol
/// to these and back.
enum class Cause {
  normal,              ///< 16: one side hung up
  busy,                ///< 17
  no_answer,           ///< 19: rang, nobody came
  rejected,            ///< 21: declined by the party
  not_found,           ///< 1: no such number
  unreachable,         ///< 20, 27: the phone is not there
  congestion,          ///< 42: too much to do at the moment
  incompatible,        ///< 88: no codec in common
  lost,                ///< 102: the party vanished without hanging up
  failed,              ///< 41: everything else
  answered_elsewhere,  ///< 26: rang beside others, of whom one answered
};

/// "normal", "no_answer", …
VCSR_EXPORT const char* to_string(Cause cause) noexcept;

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string_view>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// The sum of some frequencies (Hz, below 4000), each at `level` dBm0 (0 dBm0 is 3.14 dB below
/// full scale, ITU-T G.711), with 5 ms of rise and fall against clicks.
VCSR_EXPORT SoundPtr tone(std::initializer_list<double> frequencies, Duration duration, double level = -13);

VCSR_EXPORT SoundPtr silence(Duration duration);

/// One period each of the tones a caller knows (ITU-T E.180, 425 Hz): play them in a loop.
VCSR_EXPORT SoundPtr ringing_tone();  ///< 1 s on, 4 s off
VCSR_EXPORT SoundPtr busy_tone();     ///< 0.35 s on, 0.35 s off

/// In-band digits (ITU-T Q.23): 0-9 * # A-D, each `on` long with `off` after it.
/// Throws Error(invalid) naming a character that is no digit.
VCSR_EXPORT SoundPtr dtmf_tones(std::string_view digits, Duration on = std::chrono::milliseconds(100),
                                Duration off = std::chrono::milliseconds(100));

}  // namespace vcsr

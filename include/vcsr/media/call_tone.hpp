// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "vcsr/base/export.hpp"

namespace vcsr {

/// What an exchange or a machine says in tones (ITU-T E.180, E.182, T.30).
enum class CallTone {
  dial,           ///< goes on and on: it waits for digits
  ringing,        ///< a second or two, then a long silence
  busy,           ///< the called party; half a second each
  reorder,        ///< the network: the same, faster or slower
  sit,            ///< three rising tones before "the number you have dialed…"
  fax_calling,    ///< CNG, 1100 Hz
  fax_answering,  ///< CED, 2100 Hz
};

/// "dial", "ringing", …
VCSR_EXPORT const char* to_string(CallTone tone) noexcept;

/// Finds call progress and fax tones in audio of 8,000 samples a second, whatever the country: by the band
/// they lie in and by how long they sound and pause. One per stream; not thread-safe.
class VCSR_EXPORT CallToneDetector {
 public:
  CallToneDetector();
  ~CallToneDetector();
  CallToneDetector(CallToneDetector&&) noexcept;
  CallToneDetector& operator=(CallToneDetector&&) noexcept;

  /// Any number of samples; the tone that has just become certain, each time anew while it goes on.
  std::optional<CallTone> feed(std::span<const std::int16_t> samples) noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr {

/// Hears a running recording, or a call, while it lives: what is kept, as it is kept; silence while the
/// recording is paused. It holds 4 s; whoever takes them later than that loses what comes meanwhile, the call
/// loses nothing. On the call's loop.
class VCSR_EXPORT LiveListening {
 public:
  class Impl;
  explicit LiveListening(std::shared_ptr<Impl> impl);
  ~LiveListening();
  LiveListening(LiveListening&&) noexcept;

  /// What was said since the last time: 16-bit samples at 8 kHz, left the customer, right what the customer
  /// hears.
  std::vector<std::int16_t> take();
  /// What is heard has ended; take() gives what is left.
  bool over() const;
  /// Samples of each channel that came while nobody took any.
  std::uint64_t lost() const;

 private:
  std::shared_ptr<Impl> impl_;
};

/// Somebody hears what is given to `tap`, until that is destroyed: a call that nobody records, with
/// Call::overhear().
struct LiveEar {
  std::shared_ptr<AudioTap> tap;
  LiveListening listening;
};
VCSR_EXPORT LiveEar make_live_ear();

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// A codec other than G.711, from packets to telephone audio and back. Each packet depends on those before
/// it, so there is one for each leg. Not thread-safe; allocates nothing once it is made.
class AudioCoder {
 public:
  static constexpr std::size_t longest = 960;  ///< samples that one payload holds at most: 120 ms
  using Samples = std::array<std::int16_t, longest>;
  using Payload = std::array<std::uint8_t, frame_samples>;

  virtual ~AudioCoder() = default;
  /// The samples of a payload, in `out`; none where it is not one of this codec.
  virtual std::span<const std::int16_t> decode(std::span<const std::uint8_t> payload,
                                               Samples& out) noexcept = 0;
  /// The end of the payload before this one as this one repeats it; none where it does not. Only where that
  /// one was lost, and before decode().
  virtual std::span<const std::int16_t> decode_lost(std::span<const std::uint8_t> payload,
                                                    Samples& out) noexcept = 0;
  /// 20 ms as a payload, in `out`.
  virtual std::span<const std::uint8_t> encode(const AudioFrame& frame, Payload& out) noexcept = 0;
};

/// ITU-T G.722 at 64 kbit/s. It carries 7 kHz; of that is decoded and filled what a telephone has.
std::unique_ptr<AudioCoder> make_g722_coder();

struct OpusOptions {
  int bits_per_second = 20000;
  bool repeats = false;  ///< each packet holds the one before it once more, coarsely, in case it is lost
};

/// Opus (RFC 6716), one channel.
std::unique_ptr<AudioCoder> make_opus_coder(const OpusOptions& options);

}  // namespace vcsr

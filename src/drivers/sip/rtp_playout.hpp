// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "vcsr/media/audio.hpp"

namespace vcsr::sip {

/// Turns packets of any length and order into one frame every 20 ms. Audio lies in a ring at
/// the place its RTP timestamp names, so that order is restored, repetition is harmless, and what never
/// came is silence. The delay starts at nothing and grows by what packets come too late;
/// beyond 100 ms the oldest is dropped, and what was not needed for five seconds is given up again.
class RtpPlayout {
 public:
  static constexpr std::size_t longest = 800;  ///< bytes that wait at most

  explicit RtpPlayout(Codec codec = Codec::pcmu) { reset(codec); }
  /// Empty, as before the first packet.
  void reset(Codec codec) noexcept;

  void write(std::uint32_t timestamp, std::span<const std::uint8_t> audio) noexcept;
  void read(std::span<std::uint8_t, frame_samples> frame) noexcept;

  /// Bytes from the next to be read up to the last that came.
  std::size_t waiting() const noexcept;

 private:
  /// Where in the ring bytes of this timestamp and those after it lie.
  std::array<std::span<std::uint8_t>, 2> pieces(std::uint32_t position, std::size_t count) noexcept;
  void skip(std::uint32_t count) noexcept;
  void give_up_delay() noexcept;

  std::array<std::uint8_t, 1024> ring_;  // silence outside [next_, end_)
  std::uint32_t next_ = 0;               // what read() takes next
  std::uint32_t end_ = 0;                // behind the last byte that came
  std::uint32_t done_ = 0;               // before it everything was heard or given up
  std::size_t spare_ = longest;          // least that waited since reads_ was 0
  int reads_ = 0;
  std::uint8_t silence_ = 0;
  bool started_ = false;
};

}  // namespace vcsr::sip

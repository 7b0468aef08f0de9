// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "vcsr/media/audio.hpp"

namespace vcsr::sip {

/// Turns packets of any length and order into one frame every 20 ms. Audio lies in a ring at
/// the place its RTP timestamp names, so that order is restored and repetition is harmless. The delay
/// starts at nothing and grows by what packets come too late, up to 120 ms; of what was not needed for five
/// seconds all but 10 ms is given up again, which also keeps pace with a party whose clock is fast.
class RtpPlayout {
 public:
  static constexpr std::size_t longest = 960;  ///< bytes that wait at most
  static constexpr std::size_t history = 400;  ///< bytes that before() gives

  explicit RtpPlayout(Codec codec = Codec::pcmu) { reset(codec); }
  /// Empty, as before the first packet.
  void reset(Codec codec) noexcept;

  /// Brings what the next write() and read() touch into the processor's cache.
  void prefetch() const noexcept;

  /// False when the packet came too late or was there already.
  bool write(std::uint32_t timestamp, std::span<const std::uint8_t> audio) noexcept;
  /// Silence where nothing came. True when it is whole and goes on where the frame before ended.
  bool read(std::span<std::uint8_t, frame_samples> frame) noexcept;

  /// Of the frame read last: whether this byte of it came.
  bool came(std::size_t index) const { return (came_[index / 64] >> index % 64 & 1) != 0; }
  bool nothing_came() const { return came_ == std::array<std::uint64_t, 3>{}; }
  /// Of the frame read last: audio before it was left out, to lose delay or because too much waited.
  bool jumped() const { return jumped_; }
  /// What was heard before the frame read last.
  void before(std::span<std::uint8_t, history> out) const noexcept;
  /// The frame read last as it was heard in the end, for before().
  void keep(std::span<const std::uint8_t, frame_samples> frame) noexcept;

  /// The timestamp of the frame read last.
  std::uint32_t position() const { return next_ - static_cast<std::uint32_t>(frame_samples); }
  /// Bytes from the next to be read up to the last that came.
  std::size_t waiting() const noexcept;

 private:
  static constexpr std::size_t ring_bytes = 2048;

  /// Where in the ring bytes of this timestamp and those after it lie.
  std::array<std::span<std::uint8_t>, 2> pieces(std::uint32_t position, std::size_t count) noexcept;
  /// Says of bytes that they came or did not; tells of how many it was not known.
  std::size_t mark(std::uint32_t position, std::size_t count, bool come) noexcept;
  /// Of the frame at next_: sets came_, false when something is missing.
  bool all_came() noexcept;
  void silence_missing(std::span<std::uint8_t, frame_samples> frame) noexcept;
  void begin(std::uint32_t timestamp, std::uint32_t size) noexcept;
  void skip(std::uint32_t count) noexcept;
  bool was_heard(std::uint32_t timestamp, std::span<const std::uint8_t> audio) const noexcept;
  void came_late(std::size_t lateness) noexcept;
  void give_up_delay() noexcept;

  std::uint32_t next_ = 0;       // what read() takes next
  std::uint32_t end_ = 0;        // behind the last byte that came
  std::uint32_t done_ = 0;       // before it everything was heard or given up
  std::size_t spare_ = longest;  // least that waited since reads_ was 0
  int reads_ = 0;
  int late_ = 0;  // packets since reads_ was 0 whose place had passed
  std::uint8_t silence_ = 0;
  bool started_ = false;
  bool fresh_ = false;  // nothing was heard yet
  bool jumps_ = false, jumped_ = false;
  std::array<std::uint64_t, 3> came_{};
  std::array<std::uint64_t, ring_bytes / 64> marks_{};  // one bit for each byte that came and was not read
  std::array<std::uint8_t, ring_bytes> ring_;  // before next_ what was heard, from there on what came
};

}  // namespace vcsr::sip

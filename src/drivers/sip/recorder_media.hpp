// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "drivers/sip/recorder_sdp.hpp"
#include "drivers/sip/rtp/rtp_packet.hpp"
#include "drivers/sip/rtp/rtp_socket.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr::sip {

/// One of the two streams of a recording session: its socket and where it has come to in time.
struct RecorderStream {
  RtpPorts::Bound bound;
  std::uint32_t ssrc = 0, timestamp = 0;
  std::uint16_t sequence = 0;
  bool talking = false;  ///< the packet before went out
};

/// Sends both sides of a call as two RTP streams, paced by the frames that it is given: no thread, lock or
/// allocation of its own. take() runs on the media thread, the rest on the loop.
class RecorderMedia {
 public:
  explicit RecorderMedia(std::array<RecorderStream, 2> streams) : streams_(std::move(streams)) {}
  RecorderMedia(const RecorderMedia&) = delete;

  std::array<std::uint16_t, 2> ports() const { return {streams_[0].bound.port, streams_[1].bound.port}; }
  /// Nothing is sent before.
  void send_to(const RecorderTargets& targets);
  /// Time goes on, and nothing is sent.
  void silence(bool on) { silent_.store(on, std::memory_order_release); }

  void take(const TapFrame& frame) noexcept;

 private:
  /// A target as the media thread needs it.
  struct Way {
    RtpAddress to;
    std::array<bool, 2> takes{};  ///< PCMU, PCMA
  };
  using Ways = std::array<std::optional<Way>, 2>;
  using Frame = std::span<const std::uint8_t>;

  static void send(RecorderStream& stream, const Way& way, Codec codec, Frame frame) noexcept;

  std::array<RecorderStream, 2> streams_;
  std::atomic<const Ways*> ways_ = nullptr;
  std::atomic<bool> silent_ = false;
  RecorderTargets targets_;
  /// All that ever held: the media thread may still look at the one before. As few as the session had answers
  /// that were different.
  std::vector<std::unique_ptr<const Ways>> all_ways_;
};

}  // namespace vcsr::sip

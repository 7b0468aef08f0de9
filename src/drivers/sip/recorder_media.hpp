// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "drivers/sip/recorder_backlog.hpp"
#include "drivers/sip/recorder_sdp.hpp"
#include "drivers/sip/rtp/rtp_packet.hpp"
#include "drivers/sip/rtp/rtp_socket.hpp"
#include "drivers/sip/rtp/srtp.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr::sip {

/// One of the two streams of a recording session: its socket and what went out of it.
struct RecorderStream {
  RtpPorts::Bound bound;
  std::uint32_t ssrc = 0;
  std::uint32_t timestamp = 0;  ///< of the beginning
  std::uint16_t sequence = 0;   ///< of the next packet
  bool talking = false;         ///< the packet before went out
  std::uint32_t packets = 0, octets = 0;
  std::uint32_t chance = 0;            ///< of which the times of reports are drawn
  std::uint32_t report_in = 0;         ///< frames; 0: not planned yet
  std::optional<RtpSocket> reports{};  ///< bound when the first report is due
};

/// Sends both sides of a call as two RTP streams, paced by the frames that it is given: no thread, lock or
/// allocation of its own. While nobody takes them the newest are kept, to be sent faster than they were said
/// as soon as somebody does; what is still kept at the end, drain() sends. take() runs on the media thread,
/// the rest on the loop.
class RecorderMedia {
 public:
  /// `began`: by the clock of NTP, which reports tell.
  explicit RecorderMedia(std::array<RecorderStream, 2> streams, Duration began = {})
      : began_(began), streams_(std::move(streams)) {}
  RecorderMedia(const RecorderMedia&) = delete;

  std::array<std::uint16_t, 2> ports() const { return {streams_[0].bound.port, streams_[1].bound.port}; }
  void send_to(const RecorderTargets& targets);
  /// Until send_to(), as from the beginning: what is said is kept.
  void wait() { ways_.store(nullptr, std::memory_order_release); }
  /// Nobody will take it.
  void give_up() { send_to({}); }
  /// Time goes on, and nothing is sent or kept.
  void silence(bool on) { silent_.store(on, std::memory_order_release); }
  /// How much was lost since the last time because nobody took it in time.
  Duration take_lost() { return lost_.exchange(0, std::memory_order_relaxed) * frame_duration; }

  void take(const TapFrame& frame) noexcept;

  /// There is nothing more to take: what take() is given from now on is ignored.
  void close() { closed_.store(true); }
  enum class Rest {
    none,   ///< all that was kept is sent
    waits,  ///< for send_to()
    more    ///< drain() again
  };
  /// Once closed: sends some of what is still kept.
  Rest drain() noexcept;
  /// Once closed: nobody takes the rest, which is lost.
  void abandon() noexcept;

 private:
  /// A target as the media thread needs it.
  struct Way {
    RtpAddress to, reports_to;
    std::array<bool, 2> takes{};            ///< PCMU, PCMA
    std::shared_ptr<SrtpStream> seal = {};  ///< null in the clear
  };
  using Ways = std::array<std::optional<Way>, 2>;
  using Frame = std::span<const std::uint8_t>;

  std::optional<Way> way_to(const RecorderTarget& target, std::size_t stream);
  void take_open(const TapFrame& frame) noexcept;
  void send_kept(const Ways& ways) noexcept;
  void send_all(const Ways& ways, std::uint32_t time, Codec codec, Frame heard, Frame sent) noexcept;
  void report(RecorderStream& stream, const Way& way) noexcept;
  static void send(RecorderStream& stream, const Way& way, std::uint32_t time, Codec codec,
                   Frame frame) noexcept;

  const Duration began_;
  std::array<RecorderStream, 2> streams_;
  std::uint32_t time_ = 0;  ///< samples since the beginning
  RecorderBacklog backlog_;
  std::atomic<std::int64_t> lost_ = 0;       ///< frames
  std::atomic<const Ways*> ways_ = nullptr;  ///< null: nobody takes it yet
  std::atomic<bool> silent_ = false;
  /// The kept frames are the media thread's, and the loop's once it is closed and not taking.
  std::atomic<bool> closed_ = false, taking_ = false;
  std::optional<RecorderTargets> targets_;  ///< of the newest of all_ways_
  std::array<std::shared_ptr<SrtpStream>, 2> seals_;
  /// All that ever held: the media thread may still look at the one before. As few as the session had answers
  /// that were different.
  std::vector<std::unique_ptr<const Ways>> all_ways_;
};

}  // namespace vcsr::sip

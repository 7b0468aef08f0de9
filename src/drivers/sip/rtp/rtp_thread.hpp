// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "drivers/sip/rtp/rtp_lateness.hpp"
#include "drivers/sip/rtp/rtp_stream.hpp"
#include "vcsr/base/log.hpp"

namespace vcsr::sip {

/// The thread that gives its streams their ticks. Many are spread over the slots of 20 ms, so that
/// packets leave evenly; slots without streams are slept through, and without any stream the
/// thread waits for a command.
class RtpThread {
 public:
  /// Called on the thread with what came of a slot; never empty.
  using OnEvents = std::function<void(const std::vector<RtpEvent>&)>;

  RtpThread(OnEvents on_events, bool realtime, Log log);
  ~RtpThread();

  void add(std::shared_ptr<RtpStream> stream);
  void remove(std::shared_ptr<RtpStream> stream);
  /// When it returns they are no longer this thread's. Waits while a slot is being served.
  void release(const std::vector<std::shared_ptr<RtpStream>>& streams);
  /// Done before the next slot, in the order they came.
  void submit(std::function<void()> command);

  RtpStatistics statistics() const;

 private:
  static constexpr std::size_t slots = 10;
  /// So many streams are served in about a quarter of a millisecond.
  static constexpr std::size_t few = 32;
  using Slot = std::vector<std::shared_ptr<RtpStream>>;

  void serve(bool realtime);
  bool obey();
  Slot& slot_for_one_more();
  void take_out(const std::shared_ptr<RtpStream>& stream);
  void beat();
  void catch_up(Duration late);
  void count(const RtpTick& tick);

  const OnEvents on_events_;
  const Log log_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::function<void()>> commands_;
  bool ending_ = false, idle_ = true;

  std::array<Slot, slots> slots_;
  std::size_t streams_ = 0, slot_ = 0;
  Duration due_{};
  RtcpPoll poll_;
  RtpTick tick_;
  std::vector<std::function<void()>> batch_;

  std::atomic<std::uint64_t> sent_ = 0, received_ = 0, foreign_ = 0, malformed_ = 0, unauthentic_ = 0,
                             reports_ = 0;
  RtpLateness lateness_;
  std::thread thread_;
};

}  // namespace vcsr::sip

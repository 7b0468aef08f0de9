// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_thread.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <future>
#include <system_error>
#include <utility>

#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>

namespace vcsr::sip {

namespace {

constexpr std::int64_t microseconds_per_second = 1'000'000;
/// A longer stall is not made up for packet by packet: nobody would wait for them.
constexpr Duration patience = std::chrono::milliseconds(200);

Duration now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return Duration(time.tv_sec * microseconds_per_second + time.tv_nsec / 1000);
}

void sleep_until(Duration when) {
  const timespec time{when.count() / microseconds_per_second, when.count() % microseconds_per_second * 1000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) == EINTR) {
  }
}

/// Audio waits for nobody: real-time where the system allows it, and timers to the microsecond.
void prepare_thread(bool realtime, const Log& log) {
  pthread_setname_np(pthread_self(), "vcsr-rtp");
  prctl(PR_SET_TIMERSLACK, 1);
  if (!realtime) return;
  const sched_param priority{.sched_priority = sched_get_priority_min(SCHED_RR)};
  const int error = pthread_setschedparam(pthread_self(), SCHED_RR, &priority);
  if (error == 0) return;
  log.info(
      "a media thread may not run at real-time priority, so its packets are less even when the machine is "
      "busy: "
      "grant CAP_SYS_NICE or a limit of RTPRIO of 1, or set realtime = false",
      {{"error", std::generic_category().message(error)}});
}

/// The program's signals are not for this thread, from its first instruction on.
std::thread start_without_signals(std::function<void()> serve) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread(std::move(serve));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

void add_to(std::atomic<std::uint64_t>& counter, std::uint64_t count) {
  counter.store(counter.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
}

}  // namespace

RtpThread::RtpThread(OnEvents on_events, bool realtime, Log log)
    : on_events_(std::move(on_events)),
      log_(std::move(log)),
      thread_(start_without_signals([this, realtime] { serve(realtime); })) {}

RtpThread::~RtpThread() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void RtpThread::add(std::shared_ptr<RtpStream> stream) {
  submit([this, stream = std::move(stream)]() mutable {
    stream->be_watched(&poll_);
    slot_for_one_more().push_back(std::move(stream));
    ++streams_;
  });
}

/// Few share a slot: a thread that sleeps on costs less than packets that leave evenly are worth.
RtpThread::Slot& RtpThread::slot_for_one_more() {
  const auto with_room =
      std::find_if(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.size() < few; });
  if (with_room != slots_.end()) return *with_room;
  return *std::min_element(slots_.begin(), slots_.end(),
                           [](const Slot& a, const Slot& b) { return a.size() < b.size(); });
}

void RtpThread::remove(std::shared_ptr<RtpStream> stream) {
  submit([this, stream = std::move(stream)] {
    take_out(stream);
    stream->end(tick_);
  });
}

void RtpThread::release(const std::vector<std::shared_ptr<RtpStream>>& streams) {
  std::promise<void> released;
  submit([this, &streams, &released] {
    for (const std::shared_ptr<RtpStream>& stream : streams) {
      take_out(stream);
      stream->be_watched(nullptr);
    }
    released.set_value();
  });
  released.get_future().wait();
}

void RtpThread::take_out(const std::shared_ptr<RtpStream>& stream) {
  for (Slot& slot : slots_) streams_ -= std::erase(slot, stream);
}

void RtpThread::submit(std::function<void()> command) {
  bool idle;
  {
    const std::lock_guard lock(mutex_);
    commands_.push_back(std::move(command));
    idle = idle_;
  }
  if (idle) changed_.notify_one();
}

RtpStatistics RtpThread::statistics() const {
  return {.sent = sent_,
          .received = received_,
          .foreign = foreign_,
          .malformed = malformed_,
          .unauthentic = unauthentic_,
          .reports = reports_,
          .late_p99 = lateness_.percentile(99)};
}

void RtpThread::serve(bool realtime) {
  prepare_thread(realtime, log_);
  while (obey()) beat();
}

/// Does what was asked; waits while there is no stream. False at the end.
bool RtpThread::obey() {
  {
    std::unique_lock lock(mutex_);
    idle_ = streams_ == 0;
    if (idle_) changed_.wait(lock, [this] { return ending_ || !commands_.empty(); });
    if (std::exchange(idle_, false)) due_ = now();
    if (ending_) return false;
    batch_.swap(commands_);
  }
  for (const std::function<void()>& command : batch_) command();
  batch_.clear();
  return true;
}

/// Goes on to the next slot that has streams and gives them their tick.
void RtpThread::beat() {
  if (streams_ == 0) return;
  do {
    slot_ = (slot_ + 1) % slots;
    due_ += frame_duration / slots;
  } while (slots_[slot_].empty());
  Duration late = now() - due_;
  if (late < Duration::zero()) {
    sleep_until(due_);
    late = now() - due_;
  }
  lateness_.add(late);
  if (late > patience) catch_up(late);

  tick_.now = now();
  poll_.read([this](RtpStream& stream) { stream.read_reports(tick_); });
  // First all reads, then all writes: the processor keeps the system's code for either at hand.
  const Slot& slot = slots_[slot_];
  for (std::size_t i = 0; i < slot.size(); ++i) {
    if (i + 2 < slot.size()) slot[i + 2]->prefetch();
    if (i + 1 < slot.size()) slot[i + 1]->prefetch_listen();
    slot[i]->listen(tick_);
  }
  for (std::size_t i = 0; i < slot.size(); ++i) {
    if (i + 2 < slot.size()) slot[i + 2]->prefetch();
    if (i + 1 < slot.size()) slot[i + 1]->prefetch_talk();
    slot[i]->talk(tick_);
  }
  count(tick_);
}

void RtpThread::catch_up(Duration late) {
  const auto rounds = static_cast<std::uint32_t>(late / frame_duration);
  due_ += rounds * frame_duration;
  for (const Slot& slot : slots_) {
    for (const std::shared_ptr<RtpStream>& stream : slot) stream->pass(rounds);
  }
}

void RtpThread::count(const RtpTick& tick) {
  add_to(sent_, tick.sent);
  add_to(received_, tick.received);
  add_to(foreign_, tick.foreign);
  add_to(malformed_, tick.malformed);
  add_to(unauthentic_, tick.unauthentic);
  add_to(reports_, tick.reports);
  if (!tick.events.empty()) on_events_(tick.events);
  tick_.sent = tick_.received = tick_.foreign = tick_.malformed = tick_.unauthentic = tick_.reports = 0;
  tick_.events.clear();
}

}  // namespace vcsr::sip

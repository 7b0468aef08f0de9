// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drivers/sip/recorder_sdp.hpp"
#include "drivers/sip/rtp/rtp_engine.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/telephony/driver.hpp"

namespace vcsr::sip {

using CallId = std::uint64_t;

/// Where a telephone said it is, and where that came from ("" when nobody knows any more).
struct PhoneContact {
  std::string uri, source;

  friend bool operator==(const PhoneContact&, const PhoneContact&) = default;
};

/// What the SIP thread tells the loop: values only, nothing that sofia owns.
struct StackEvent {
  enum class Kind {
    arrived,  ///< `arrival`; `plan` unless the INVITE had no offer; `other`: the call it replaces
    routed,   ///< `text`: the trunk over which it goes out
    ringing,
    media,         ///< another `plan`; `on`: the party holds us
    answered,      ///< `plan`
    digit,         ///< `digit`
    referred,      ///< `cause`
    transfer,      ///< `text`: the target's URI, or `other`: the call whose party is the target
    recorded,      ///< a session recording server takes `targets`
    ended,         ///< `cause`; of a recording session `text`, and `on`: it may be tried again
    trunk_failed,  ///< `other`: its number; where its name is may have changed
    device         ///< `user` is reached at `contacts`, or not any more when empty
  };

  Kind kind;
  CallId call = 0;
  Cause cause = Cause::normal;
  char digit = 0;
  bool on = false;
  std::optional<MediaPlan> plan = {};
  std::unique_ptr<Arrival> arrival = {};
  std::string user = {}, text = {};
  std::vector<PhoneContact> contacts = {};
  CallId other = 0;  ///< 0: none
  std::unique_ptr<RecorderTargets> targets = {};
};

/// Carries events from the SIP thread to the loop. The first wakes the loop; while more come it looks
/// again by itself, so that under load a wake-up, the dearest part of the way, serves many.
class EventOutbox : public std::enable_shared_from_this<EventOutbox> {
 public:
  using Receiver = std::function<void(StackEvent&)>;

  EventOutbox(Loop& loop, Receiver receiver) : loop_(loop), receiver_(std::move(receiver)) {}

  /// Any thread.
  void put(StackEvent event) {
    bool asleep = false;
    {
      const std::lock_guard lock(mutex_);
      asleep = !std::exchange(watched_, true);
      events_.push_back(std::move(event));
    }
    if (asleep) loop_.post([self = shared_from_this()] { self->drain(); });
  }

  /// On the loop: nothing is received from now on.
  void close() { receiver_ = nullptr; }

 private:
  static constexpr Duration look_again = std::chrono::milliseconds(4);

  void drain() {
    std::vector<StackEvent> events;
    {
      const std::lock_guard lock(mutex_);
      events.swap(events_);
      watched_ = !events.empty();
    }
    for (StackEvent& event : events) {
      if (receiver_) receiver_(event);
    }
    if (events.empty()) return;
    loop_.at(loop_.now() + look_again, [self = shared_from_this()] { self->drain(); });
  }

  Loop& loop_;
  Receiver receiver_;
  std::mutex mutex_;
  std::vector<StackEvent> events_;
  bool watched_ = false;
};

}  // namespace vcsr::sip

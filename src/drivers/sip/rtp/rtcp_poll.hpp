// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include <sys/epoll.h>

#include "media/file_descriptor.hpp"

namespace vcsr::sip {

class RtpStream;

/// Tells which of many streams has reports to read. They come every few seconds, and looking at every
/// socket in every tick would cost more than the reports are worth.
class RtcpPoll {
 public:
  RtcpPoll() : poll_(::epoll_create1(EPOLL_CLOEXEC)) {}

  void watch(int descriptor, RtpStream& stream) noexcept {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &stream;
    if (::epoll_ctl(poll_.get(), EPOLL_CTL_ADD, descriptor, &event) == 0) watches_ = true;
  }
  /// Before the stream is gone.
  void forget(int descriptor) noexcept { ::epoll_ctl(poll_.get(), EPOLL_CTL_DEL, descriptor, nullptr); }

  template <class Read>
  void read(Read read) {
    if (!watches_) return;
    std::array<epoll_event, 64> events;
    const int ready = ::epoll_wait(poll_.get(), events.data(), static_cast<int>(events.size()), 0);
    for (int i = 0; i < ready; ++i)
      read(*static_cast<RtpStream*>(events[static_cast<std::size_t>(i)].data.ptr));
  }

 private:
  FileDescriptor poll_;
  bool watches_ = false;  // at any time
};

}  // namespace vcsr::sip

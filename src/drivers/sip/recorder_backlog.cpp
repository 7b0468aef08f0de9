// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_backlog.hpp"

#include <algorithm>

#include <sys/mman.h>

namespace vcsr::sip {

namespace {

constexpr std::size_t bytes = sizeof(RecorderBacklog::Frame) * RecorderBacklog::most_frames;

}  // namespace

// Most servers answer at once: memory of the system's own takes no more room than was written to.
RecorderBacklog::RecorderBacklog() noexcept {
  void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  frames_ = memory == MAP_FAILED ? nullptr : static_cast<Frame*>(memory);
}

RecorderBacklog::~RecorderBacklog() {
  if (frames_) ::munmap(frames_, bytes);
}

bool RecorderBacklog::push(std::uint32_t time, const TapFrame& frame) noexcept {
  if (!frames_) return false;
  const bool full = count_ == most_frames;
  if (full) pop();
  Frame& kept = frames_[(first_ + count_++) % most_frames];
  kept.time = time;
  kept.codec = frame.codec;
  std::copy(frame.heard.begin(), frame.heard.end(), kept.sides[0].begin());
  std::copy(frame.sent.begin(), frame.sent.end(), kept.sides[1].begin());
  return !full;
}

void RecorderBacklog::pop() noexcept {
  first_ = (first_ + 1) % most_frames;
  if (--count_ == 0) first_ = 0;
}

}  // namespace vcsr::sip

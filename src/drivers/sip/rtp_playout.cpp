// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp_playout.hpp"

#include <algorithm>

namespace vcsr::sip {

namespace {

/// From `from` to `to`, across the wrap of 32 bits.
std::int32_t distance(std::uint32_t from, std::uint32_t to) { return static_cast<std::int32_t>(to - from); }

constexpr std::int32_t other_timeline = samples_per_second;  // so late is no packet: the party counts anew
constexpr int patience = 250;                                // reads: five seconds
constexpr std::size_t ample = 2 * frame_samples;

}  // namespace

void RtpPlayout::reset(Codec codec) noexcept {
  silence_ = silence_of(codec);
  ring_.fill(silence_);
  started_ = false;
}

std::size_t RtpPlayout::waiting() const noexcept {
  return started_ ? static_cast<std::size_t>(std::max(distance(next_, end_), 0)) : 0;
}

void RtpPlayout::write(std::uint32_t timestamp, std::span<const std::uint8_t> audio) noexcept {
  if (audio.size() > longest) {
    timestamp += static_cast<std::uint32_t>(audio.size() - longest);
    audio = audio.last(longest);
  }
  const auto size = static_cast<std::uint32_t>(audio.size());
  if (!started_ || distance(timestamp, done_) > other_timeline) {
    ring_.fill(silence_);
    // A packet of more than a frame is followed by as long a pause, so the first frame starts before it.
    next_ = end_ = done_ =
        timestamp - (size > frame_samples ? size - static_cast<std::uint32_t>(frame_samples) : 0);
    spare_ = longest;
    reads_ = 0;
    started_ = true;
  }
  if (distance(done_, timestamp) < 0) return;
  // Only silence was heard in its place: it is heard now, and all that follows that much later.
  if (distance(timestamp, next_) > 0) {
    if (distance(timestamp, end_) > static_cast<std::int32_t>(longest)) return;
    next_ = timestamp;
  }
  if (distance(end_, timestamp + size) > 0) end_ = timestamp + size;
  const std::size_t held = waiting();
  if (held > longest) skip(static_cast<std::uint32_t>(held - longest));
  for (const std::span<std::uint8_t> piece : pieces(timestamp, size)) {
    std::copy_n(audio.begin(), piece.size(), piece.begin());
    audio = audio.subspan(piece.size());
  }
}

void RtpPlayout::read(std::span<std::uint8_t, frame_samples> frame) noexcept {
  if (!started_) {
    std::fill(frame.begin(), frame.end(), silence_);
    return;
  }
  if (const std::size_t held = waiting(); held > 0) {
    done_ = next_ + static_cast<std::uint32_t>(std::min(held, frame_samples));
  }
  auto out = frame.begin();
  for (const std::span<std::uint8_t> piece : pieces(next_, frame_samples)) {
    out = std::copy(piece.begin(), piece.end(), out);
    std::fill(piece.begin(), piece.end(), silence_);
  }
  next_ += static_cast<std::uint32_t>(frame_samples);
  give_up_delay();
}

std::array<std::span<std::uint8_t>, 2> RtpPlayout::pieces(std::uint32_t position,
                                                          std::size_t count) noexcept {
  const std::size_t start = position % ring_.size(), first = std::min(count, ring_.size() - start);
  return {std::span(ring_).subspan(start, first), std::span(ring_).first(count - first)};
}

void RtpPlayout::skip(std::uint32_t count) noexcept {
  for (const std::span<std::uint8_t> piece : pieces(next_, std::min<std::size_t>(count, ring_.size()))) {
    std::fill(piece.begin(), piece.end(), silence_);
  }
  next_ += count;
  done_ = next_;
}

void RtpPlayout::give_up_delay() noexcept {
  spare_ = std::min(spare_, waiting());
  if (++reads_ < patience) return;
  if (spare_ >= ample) skip(static_cast<std::uint32_t>(frame_samples));
  spare_ = longest;
  reads_ = 0;
}

}  // namespace vcsr::sip

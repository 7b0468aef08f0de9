// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_playout.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/prefetch.hpp"

namespace vcsr::sip {

namespace {

/// From `from` to `to`, across the wrap of 32 bits.
std::int32_t distance(std::uint32_t from, std::uint32_t to) { return static_cast<std::int32_t>(to - from); }

constexpr std::int32_t other_timeline = samples_per_second;  // so late is no packet: the party counts anew
constexpr int patience = 250;                                // reads: five seconds
constexpr std::size_t ample = frame_samples, margin = frame_samples / 2;
constexpr std::size_t word = 64;
constexpr std::array<std::uint64_t, 3> whole{~std::uint64_t{0}, ~std::uint64_t{0}, 0xffffffff};

}  // namespace

void RtpPlayout::reset(Codec codec) noexcept {
  silence_ = silence_of(codec);
  ring_.fill(silence_);
  marks_.fill(0);
  started_ = fresh_ = jumps_ = jumped_ = false;
  came_ = whole;
}

std::size_t RtpPlayout::waiting() const noexcept {
  return started_ ? static_cast<std::size_t>(std::max(distance(next_, end_), 0)) : 0;
}

void RtpPlayout::prefetch() const noexcept {
  prefetch_lines(&ring_[end_ % ring_bytes], frame_samples);
  if (end_ != next_) prefetch_lines(&ring_[next_ % ring_bytes], frame_samples);
}

void RtpPlayout::begin(std::uint32_t timestamp, std::uint32_t size) noexcept {
  ring_.fill(silence_);
  marks_.fill(0);
  // A packet of more than a frame is followed by as long a pause, so the first frame starts before it.
  next_ = end_ = done_ =
      timestamp - (size > frame_samples ? size - static_cast<std::uint32_t>(frame_samples) : 0);
  spare_ = longest;
  reads_ = late_ = 0;
  started_ = fresh_ = true;
}

bool RtpPlayout::write(std::uint32_t timestamp, std::span<const std::uint8_t> audio) noexcept {
  if (audio.size() > longest) {
    timestamp += static_cast<std::uint32_t>(audio.size() - longest);
    audio = audio.last(longest);
  }
  const auto size = static_cast<std::uint32_t>(audio.size());
  if (!started_ || distance(timestamp, done_) > other_timeline) begin(timestamp, size);
  if (distance(done_, timestamp) < 0) {
    if (!was_heard(timestamp, audio)) came_late(static_cast<std::size_t>(distance(timestamp, done_)));
    return false;
  }
  // Only silence was heard in its place: it is heard now, and all that follows that much later.
  if (distance(timestamp, next_) > 0) {
    if (distance(timestamp, end_) > static_cast<std::int32_t>(longest)) return false;
    next_ = timestamp;
  }
  if (distance(end_, timestamp + size) > 0) end_ = timestamp + size;
  const std::size_t held = waiting();
  if (held > longest) skip(static_cast<std::uint32_t>(held - longest));
  for (const std::span<std::uint8_t> piece : pieces(timestamp, size)) {
    std::copy_n(audio.begin(), piece.size(), piece.begin());
    audio = audio.subspan(piece.size());
  }
  return mark(timestamp, size, true) > 0;
}

bool RtpPlayout::read(std::span<std::uint8_t, frame_samples> frame) noexcept {
  if (!started_) {
    std::fill(frame.begin(), frame.end(), silence_);
    came_ = whole;
    return true;
  }
  if (const std::size_t held = waiting(); held > 0) {
    const std::uint32_t done = next_ + static_cast<std::uint32_t>(std::min(held, frame_samples));
    if (distance(done_, done) > 0) done_ = done;
  }
  auto out = frame.begin();
  for (const std::span<std::uint8_t> piece : pieces(next_, frame_samples)) {
    out = std::copy(piece.begin(), piece.end(), out);
  }
  fresh_ = false;
  const bool complete = all_came();
  if (!complete) silence_missing(frame);
  mark(next_, frame_samples, false);
  next_ += static_cast<std::uint32_t>(frame_samples);
  jumped_ = std::exchange(jumps_, false);
  give_up_delay();
  return complete && !jumped_;
}

void RtpPlayout::before(std::span<std::uint8_t, history> out) const noexcept {
  std::uint32_t position = next_ - static_cast<std::uint32_t>(frame_samples + history);
  for (std::uint8_t& byte : out) byte = ring_[position++ % ring_bytes];
}

void RtpPlayout::keep(std::span<const std::uint8_t, frame_samples> frame) noexcept {
  std::uint32_t position = next_ - static_cast<std::uint32_t>(frame_samples);
  for (const std::uint8_t byte : frame) ring_[position++ % ring_bytes] = byte;
}

std::array<std::span<std::uint8_t>, 2> RtpPlayout::pieces(std::uint32_t position,
                                                          std::size_t count) noexcept {
  const std::size_t start = position % ring_bytes, first = std::min(count, ring_bytes - start);
  return {std::span(ring_).subspan(start, first), std::span(ring_).first(count - first)};
}

std::size_t RtpPlayout::mark(std::uint32_t position, std::size_t count, bool come) noexcept {
  std::size_t changed = 0;
  while (count > 0) {
    const std::size_t start = position % word, size = std::min(count, word - start);
    const std::uint64_t mask = (size == word ? ~std::uint64_t{0} : (std::uint64_t{1} << size) - 1) << start;
    std::uint64_t& marks = marks_[position % ring_bytes / word];
    changed += static_cast<std::size_t>(std::popcount((come ? ~marks : marks) & mask));
    marks = come ? marks | mask : marks & ~mask;
    position += static_cast<std::uint32_t>(size);
    count -= size;
  }
  return changed;
}

bool RtpPlayout::all_came() noexcept {
  const std::size_t start = next_ % word;
  std::size_t index = next_ % ring_bytes / word;
  for (std::uint64_t& came : came_) {
    came = marks_[index] >> start;
    index = (index + 1) % marks_.size();
    if (start > 0) came |= marks_[index] << (word - start);
  }
  came_.back() &= whole.back();
  return came_ == whole;
}

void RtpPlayout::silence_missing(std::span<std::uint8_t, frame_samples> frame) noexcept {
  for (std::size_t i = 0; i < frame_samples; ++i) {
    if (!came(i)) ring_[(next_ + i) % ring_bytes] = frame[i] = silence_;
  }
}

void RtpPlayout::skip(std::uint32_t count) noexcept {
  mark(next_, std::min<std::size_t>(count, ring_bytes), false);
  // What was heard now lies before what is heard next.
  for (std::uint32_t back = 1; back <= history + frame_samples; ++back)
    ring_[(next_ + count - back) % ring_bytes] = ring_[(next_ - back) % ring_bytes];
  next_ += count;
  done_ = next_;
  jumps_ = !fresh_;
}

/// Packets that come twice are no sign of lateness.
bool RtpPlayout::was_heard(std::uint32_t timestamp, std::span<const std::uint8_t> audio) const noexcept {
  if (distance(timestamp, next_) > static_cast<std::int32_t>(ring_bytes - longest)) return true;
  return std::all_of(audio.begin(), audio.end(),
                     [&](std::uint8_t byte) { return byte == ring_[timestamp++ % ring_bytes]; });
}

/// What followed it was heard already. Where that happens again and again everything is heard later.
void RtpPlayout::came_late(std::size_t lateness) noexcept {
  spare_ = 0;
  const std::size_t held = waiting();
  if (++late_ < 2 || lateness > longest || held >= longest) return;
  next_ -= static_cast<std::uint32_t>(std::min(lateness, longest - held));
  late_ = 0;
}

void RtpPlayout::give_up_delay() noexcept {
  spare_ = std::min(spare_, waiting());
  if (++reads_ < patience) return;
  if (spare_ >= ample) skip(static_cast<std::uint32_t>(spare_ - margin));
  spare_ = longest;
  reads_ = late_ = 0;
}

}  // namespace vcsr::sip

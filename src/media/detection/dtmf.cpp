// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/dtmf.hpp"

#include <string_view>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::string_view digits_by_event = "0123456789*#ABCD";

/// Packets older than the last event by less than this are late; by more, another stream began.
constexpr std::uint32_t late_samples = 5 * samples_per_second;
/// A key held longer than a duration can say goes on as a new event right after (RFC 4733 §2.5.1.3).
constexpr std::uint32_t longest_segment = 0xffff;

}  // namespace

bool is_dtmf_digit(char c) noexcept { return c != '\0' && digits_by_event.find(c) != std::string_view::npos; }

std::optional<TelephoneEvent> TelephoneEvent::parse(std::span<const std::uint8_t> payload) noexcept {
  if (payload.size() != 4) return {};
  TelephoneEvent event;
  event.event = payload[0];
  event.end = (payload[1] & 0x80) != 0;
  event.volume = payload[1] & 0x3f;
  event.duration = static_cast<std::uint16_t>(payload[2] << 8 | payload[3]);
  return event;
}

std::array<std::uint8_t, 4> TelephoneEvent::bytes() const noexcept {
  const auto flags = static_cast<std::uint8_t>((end ? 0x80 : 0) | (volume & 0x3f));
  return {event, flags, static_cast<std::uint8_t>(duration >> 8), static_cast<std::uint8_t>(duration & 0xff)};
}

char TelephoneEvent::digit() const noexcept {
  return event < digits_by_event.size() ? digits_by_event[event] : '\0';
}

TelephoneEvent TelephoneEvent::of(char digit) {
  if (!is_dtmf_digit(digit))
    throw Error(Error::Code::invalid, std::string("DTMF digit '") + digit + "': expected one of 0-9 * # A-D");
  TelephoneEvent event;
  event.event = static_cast<std::uint8_t>(digits_by_event.find(digit));
  return event;
}

std::optional<char> TelephoneEventReceiver::receive(std::uint32_t timestamp,
                                                    std::span<const std::uint8_t> payload) noexcept {
  const auto event = TelephoneEvent::parse(payload);
  if (!event || event->digit() == '\0') return {};
  if (last_ && *last_ - timestamp < late_samples) return {};
  const bool goes_on = last_ && timestamp - *last_ == longest_segment && event->digit() == last_digit_;
  last_ = timestamp;
  last_digit_ = event->digit();
  if (goes_on) return {};
  return last_digit_;
}

}  // namespace vcsr

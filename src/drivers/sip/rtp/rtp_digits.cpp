// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_digits.hpp"

#include <algorithm>

namespace vcsr::sip {

namespace {

constexpr int tone_steps = 5, packets = 7, steps = 8;

}  // namespace

std::optional<RtpDigits::Step> RtpDigits::next() {
  const int step = step_;
  const char digit = waiting_[position_];
  if (++step_ == steps) {
    step_ = 0;
    if (++position_ == waiting_.size()) {
      waiting_.clear();
      position_ = 0;
    }
  }
  if (step >= packets) return {};
  Step packet{.first = step == 0, .event = TelephoneEvent::of(digit)};
  packet.event.duration =
      static_cast<std::uint16_t>(frame_samples * static_cast<std::size_t>(std::min(step + 1, tone_steps)));
  packet.event.end = step + 1 >= tone_steps;
  return packet;
}

}  // namespace vcsr::sip

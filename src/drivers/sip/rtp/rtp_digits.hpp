// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "vcsr/media/dtmf.hpp"

namespace vcsr::sip {

/// Key presses on their way out as RFC 4733 events: five packets, 20 ms apart, that report 100 ms
/// of tone, the last of them sent three times, and 60 ms without tone between keys.
class RtpDigits {
 public:
  struct Step {
    bool first;
    TelephoneEvent event;
  };

  void press(std::string_view digits) { waiting_ += digits; }
  bool busy() const { return position_ < waiting_.size(); }
  std::size_t left() const { return waiting_.size() - position_; }

  /// What the next 20 ms carry: a packet, or nothing before the next key. Only while busy().
  std::optional<Step> next();

 private:
  std::string waiting_;
  std::size_t position_ = 0;
  int step_ = 0;
};

}  // namespace vcsr::sip

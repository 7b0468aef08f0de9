// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr {

/// Who or what has answered a call, as far as its voice tells.
struct Answerer {
  enum class Kind {
    human,
    machine,    ///< voicemail or an announcement
    fax,        ///< fax or modem
    ivr,        ///< a menu: it talks on, and again after a pause, without a beep
    no_speech,  ///< nobody said anything
    unknown,    ///< nothing fits
  };

  Kind kind = Kind::unknown;
  double confidence = 0;  ///< from 0 to 1
  Duration greeting{};    ///< from the first word to the last that was listened to
  bool beep = false;      ///< the machine's: what is said now is recorded

  /// A person must not be hung up on for a doubt.
  bool maybe_human() const { return kind == Kind::human || kind == Kind::unknown; }
};

/// "human", "machine", …
VCSR_EXPORT const char* to_string(Answerer::Kind kind) noexcept;

/// When it is decided who has answered. People say a word or two and wait; machines speak on.
struct AnswererOptions {
  Duration silence = std::chrono::seconds(3);           ///< without a word: no_speech
  Duration greeting = std::chrono::milliseconds(2900);  ///< who speaks longer is no person
  Duration pause = std::chrono::milliseconds(700);      ///< after which a person waits for us
  bool until_beep = false;                              ///< listens to a machine's end, which tells ivr apart
  Duration limit = std::chrono::seconds(25);            ///< of it all
};
static_assert(std::is_trivially_destructible_v<AnswererOptions>);

/// Decides from audio of 8,000 samples a second, beginning with the answer. One per call; not thread-safe.
class VCSR_EXPORT AnswererDetector {
 public:
  explicit AnswererDetector(AnswererOptions options = {});
  ~AnswererDetector();
  AnswererDetector(AnswererDetector&&) noexcept;
  AnswererDetector& operator=(AnswererDetector&&) noexcept;

  /// Any number of samples; the verdict once there is one, and the same from then on.
  std::optional<Answerer> feed(std::span<const std::int16_t> samples) noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr

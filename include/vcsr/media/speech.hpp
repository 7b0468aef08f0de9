// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// Words to audio. Implementations may block: Voice calls them on a worker, one call at a time.
class VCSR_EXPORT Synthesizer {
 public:
  virtual ~Synthesizer();
  /// `language` is a BCP 47 tag. Throws Error: unsupported, unavailable or timed_out.
  virtual Sound speak(const std::string& text, const std::string& language) = 0;
  /// Names engine and version: part of the key under which results are cached.
  virtual std::string name() const = 0;
};

/// espeak-ng as a process of its own, English and Mandarin among others. The text goes through
/// its standard input, so nothing in it is taken for an option.
VCSR_EXPORT std::unique_ptr<Synthesizer> make_espeak_synthesizer(std::string program = "espeak-ng");

}  // namespace vcsr

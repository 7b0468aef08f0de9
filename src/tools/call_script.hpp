// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/time.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr {

/// One thing a scripted telephone does or expects; docs/call-script.md explains each.
struct Step {
  enum class Kind {
    ring,
    answer,
    busy,
    say,
    play,
    tone,
    wait,
    digits,
    expect_voice,
    expect_silence,
    expect_tone,
    expect_digits,
    expect_hangup,
    hold,
    retrieve,
    refer,
    hang_up,
  };

  Kind kind;
  int line = 0;
  std::string source;    ///< as it was written
  std::string text;      ///< words, digits or address
  std::string language;  ///< of the words; "" for English
  SoundPtr sound;        ///< what is played
  int frequency = 0;     ///< in Hz, of a tone that is played or expected
  Duration length{};
  Duration within = std::chrono::seconds(10);
};

/// Who plays the script: whoever calls, or the telephone that is called.
enum class ScriptRole { caller, phone };

/// Steps are ended by line ends or ";". Throws Error(invalid), one line per fault, such as
/// "anna.call:3: expected a duration such as \"2s\" after \"wait\", got \"2\"". Relative paths start at
/// `folder`.
std::vector<Step> parse_call_script(std::string_view text, const std::string& document,
                                    const std::string& folder, ScriptRole role);

/// The frequencies that the script listens for.
std::vector<int> frequencies_of(const std::vector<Step>& script);

}  // namespace vcsr

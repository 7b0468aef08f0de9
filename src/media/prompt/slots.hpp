// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/media/spoken.hpp"

namespace vcsr {

/// A catalog text in pieces: what is said as it stands, and "{name}" to be filled.
struct TextPiece {
  std::string text;
  bool is_slot = false;
};

/// Throws Error(invalid) saying what is wrong with the braces; the caller names the place.
std::vector<TextPiece> split_slots(std::string_view text);

/// Throws Error(invalid) naming `prompt` and the slot when a slot has no value or a value no slot.
std::string fill_slots(const std::string& prompt, std::string_view text,
                       const std::map<std::string, Spoken>& values, std::string_view language);

}  // namespace vcsr

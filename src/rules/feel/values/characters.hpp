// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vcsr::feel {

/// A character of UTF-8 text and how many bytes it takes.
struct Character {
  char32_t code = 0;
  int length = 0;
};

/// At `offset`, which is inside the text; U+FFFD of one byte where the text is not UTF-8.
Character character_at(std::string_view text, std::size_t offset);

/// Appends `code`; U+FFFD for what is no character.
void append_character(std::string& text, char32_t code);

/// DMN 1.5 §10.3.1.2, rules 28-30, 61 and 62.
bool is_name_start(char32_t code);
bool is_name_part(char32_t code);
bool is_space(char32_t code);

/// A name as it is kept: trimmed, with one blank where there was any space.
std::string normalized_name(std::string_view name);

}  // namespace vcsr::feel

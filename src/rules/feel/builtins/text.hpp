// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vcsr::feel {

/// Characters of a UTF-8 text: code points, as FEEL counts them.
std::size_t character_count(std::string_view text);
/// Bytes before the character `index`, from 0; the size of the text where it has fewer.
std::size_t character_offset(std::string_view text, std::size_t index);

/// In full and in no language: "ß" becomes "SS".
std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);

}  // namespace vcsr::feel

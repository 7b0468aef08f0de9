// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/characters.hpp"

#include <algorithm>
#include <array>

namespace vcsr::feel {

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Span {
  char32_t first, last;
};

/// Rule 28, letters of ASCII apart.
constexpr std::array starts{
    Span{0xC0, 0xD6},     Span{0xD8, 0xF6},     Span{0xF8, 0x2FF},    Span{0x370, 0x37D},
    Span{0x37F, 0x1FFF},  Span{0x200C, 0x200D}, Span{0x2070, 0x218F}, Span{0x2C00, 0x2FEF},
    Span{0x3001, 0xD7FF}, Span{0xF900, 0xFDCF}, Span{0xFDF0, 0xFFFD}, Span{0x10000, 0xEFFFF},
};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

int length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

bool is_character(char32_t code, int length) {
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  return code >= least[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

}  // namespace

Character character_at(std::string_view text, std::size_t offset) {
  const auto lead = static_cast<unsigned char>(text[offset]);
  const int length = length_of(lead);
  if (length == 1) return {lead, 1};
  if (length == 0 || offset + length > text.size()) return {replacement, 1};
  char32_t code = lead & (0xFF >> (length + 1));
  for (int i = 1; i < length; ++i) {
    if (!is_continuation(text[offset + i])) return {replacement, 1};
    code = code << 6 | (static_cast<unsigned char>(text[offset + i]) & 0x3F);
  }
  return is_character(code, length) ? Character{code, length} : Character{replacement, 1};
}

void append_character(std::string& text, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = replacement;
  if (code < 0x80) {
    text += static_cast<char>(code);
    return;
  }
  const int length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  constexpr std::array<unsigned char, 5> leads{0, 0, 0xC0, 0xE0, 0xF0};
  text += static_cast<char>(leads[length] | (code >> (6 * (length - 1))));
  for (int i = length - 2; i >= 0; --i) text += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
}

bool is_name_start(char32_t code) {
  if (code < 0x80) return code == '?' || code == '_' || (code | 0x20) - 'a' < 26;
  return std::ranges::any_of(starts, [code](Span span) { return code >= span.first && code <= span.last; });
}

bool is_name_part(char32_t code) {
  return is_name_start(code) || (code >= '0' && code <= '9') || code == 0xB7 ||
         (code >= 0x300 && code <= 0x36F) || code == 0x203F || code == 0x2040;
}

bool is_space(char32_t code) {
  return code == ' ' || (code >= 0x09 && code <= 0x0D) || code == 0x85 || code == 0xA0 || code == 0x1680 ||
         code == 0x180E || (code >= 0x2000 && code <= 0x200B) || code == 0x2028 || code == 0x2029 ||
         code == 0x202F || code == 0x205F || code == 0x3000 || code == 0xFEFF;
}

std::string normalized_name(std::string_view name) {
  std::string normalized;
  bool space = false;
  for (std::size_t at = 0; at < name.size();) {
    const Character c = character_at(name, at);
    if (is_space(c.code)) {
      space = !normalized.empty();
    } else {
      if (space) normalized += ' ';
      space = false;
      normalized.append(name.substr(at, c.length));
    }
    at += c.length;
  }
  return normalized;
}

}  // namespace vcsr::feel

// SPDX-License-Identifier: Apache-2.0
// The part of the translator for classes of characters.
#include <algorithm>
#include <array>
#include <cctype>

#include <unicode/uchar.h>
#include <unicode/uniset.h>

#include "rules/feel/patterns/pattern_translator.hpp"
#include "rules/feel/values/characters.hpp"

namespace vcsr::feel {

namespace {

constexpr int deepest = 100;

// XML 1.0 §2.3.
constexpr const char* name_start =
    ":A-Z_a-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}\\x{200C}-\\x{"
    "200D}"
    "\\x{2070}-\\x{218F}\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFFD}\\x{"
    "10000}-\\x{EFFFF}";
constexpr const char* name_rest = "\\-.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}-\\x{2040}";

constexpr std::array categories{"L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc", "Me", "N",  "Nd",
                                "Nl", "No", "P",  "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z",  "Zs",
                                "Zl", "Zp", "S",  "Sm", "Sc", "Sk", "So", "C",  "Cc", "Cf", "Co", "Cn"};

std::string brackets(bool negated, const std::string& members) {
  return (negated ? "[^" : "[") + members + "]";
}

std::string hexadecimal(UChar32 code) {
  constexpr const char* digits = "0123456789ABCDEF";
  std::string text;
  for (auto rest = static_cast<unsigned>(code); rest != 0 || text.empty(); rest /= 16)
    text += digits[rest % 16];
  std::reverse(text.begin(), text.end());
  return "\\x{" + text + "}";
}

}  // namespace

std::string unicode_block(const std::string& name) {
  // ICU would pass over blanks and underscores in a name.
  const bool plain =
      std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
  const auto block = plain ? u_getPropertyValueEnum(UCHAR_BLOCK, name.c_str()) : UCHAR_INVALID_CODE;
  if (block == UCHAR_INVALID_CODE) return "";
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeSet set;
  set.applyIntPropertyValue(UCHAR_BLOCK, block, status);
  std::string members;
  for (int i = 0; U_SUCCESS(status) && i < set.getRangeCount(); ++i) {
    // Surrogates are no characters of UTF-8.
    if (set.getRangeStart(i) >= 0xD800 && set.getRangeEnd(i) <= 0xDFFF) continue;
    members += hexadecimal(set.getRangeStart(i)) + "-" + hexadecimal(set.getRangeEnd(i));
  }
  return members;
}

std::string PatternTranslator::character_class(char32_t letter) {
  switch (letter) {
    case 'd': return "\\p{Nd}";
    case 'D': return "\\P{Nd}";
    case 's': return "[ \\t\\n\\r]";
    case 'S': return "[^ \\t\\n\\r]";
    case 'w': return "[^\\p{P}\\p{Z}\\p{C}]";
    case 'W': return "[\\p{P}\\p{Z}\\p{C}]";
    case 'i':
    case 'I': return brackets(letter == 'I', name_start);
    case 'c':
    case 'C': return brackets(letter == 'C', std::string(name_start) + name_rest);
    case 'p':
    case 'P': return property(letter == 'P');
    default: return "";
  }
}

std::string PatternTranslator::property(bool negated) {
  if (!take('{')) refuse("expected '{' after '\\p'");
  std::string name;
  while (!next_is('}')) append_character(name, any("'}'"));
  ++at_;
  if (std::find(categories.begin(), categories.end(), name) != categories.end()) {
    // A property is not of two cases: \p{Lu} are capital letters whatever the flags.
    return std::string("(?-i:") + (negated ? "\\P{" : "\\p{") + name + "})";
  }
  const auto members = name.starts_with("Is") ? unicode_block(name.substr(2)) : "";
  if (members.empty()) refuse("no category or block of Unicode '" + name + "'");
  return brackets(negated, members);
}

std::string PatternTranslator::class_expression(int depth) {
  if (depth > deepest) refuse("more than " + std::to_string(deepest) + " classes in one another");
  const bool negated = take('^');
  const auto members = class_members();
  std::string result = negated ? "(?!" + members + ")(?s:.)" : members;
  if (take('-')) {
    if (!take('[')) refuse("expected '[' after '-'");
    result = "(?!" + class_expression(depth + 1) + ")" + result;
  }
  if (!take(']')) refuse("expected ']'");
  return "(?:" + result + ")";
}

/// Alternatives that match one character each, since PCRE2 has no class inside a class.
std::string PatternTranslator::class_members() {
  std::string single;
  std::string classes;
  while (!next_is(']')) {
    const bool subtracts = next_is('-') && at_ + 1 < text_.size() && text_[at_ + 1] == '[';
    if (subtracts && !(single.empty() && classes.empty())) break;
    const auto c = any("']'");
    if (c == '[') refuse("'[' is to be written '\\['");
    const auto escaped = c == '\\' ? any("a character after '\\'") : 0;
    const auto inner = escaped != 0 ? character_class(escaped) : "";
    if (!inner.empty()) {
      classes += "|" + inner;
    } else {
      class_range(escaped != 0 ? single_escape(escaped) : c, single);
    }
  }
  if (single.empty() && classes.empty()) refuse("nothing between '[' and ']'");
  auto listed = single.empty() ? "" : "[" + single + "]";
  if (classes.empty()) return listed;
  return "(?:" + (listed.empty() ? classes.substr(1) : listed + classes) + ")";
}

/// A character, or a range where "-" and another one follow.
void PatternTranslator::class_range(char32_t first, std::string& single) {
  single += quoted_character(first);
  const auto after = at_ + 1 < text_.size() ? text_[at_ + 1] : U']';
  if (!next_is('-') || after == ']' || after == '[') return;
  ++at_;
  const auto last = class_character();
  if (last < first) refuse("the range ends before it begins");
  single += "-" + quoted_character(last);
}

char32_t PatternTranslator::class_character() {
  const auto c = any("the end of a range");
  return c == '\\' ? single_escape(any("a character after '\\'")) : c;
}

}  // namespace vcsr::feel

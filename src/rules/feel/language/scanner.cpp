// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/language/scanner.hpp"

#include <algorithm>
#include <array>

#include "rules/feel/values/characters.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::feel {

namespace {

/// Those that another one begins with.
constexpr std::array longer_signs{"<=", ">=", "!=", "**", "..", "->"};

/// Rule 31: signs that a name may hold.
bool is_name_sign(char c) { return c == '.' || c == '/' || c == '-' || c == '\'' || c == '+' || c == '*'; }

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

}  // namespace

Scanner::Scanner(std::string_view text) : text_(text) { skip(); }

char32_t Scanner::character(std::size_t offset) const {
  return offset < text_.size() ? character_at(text_, offset).code : 0;
}

std::size_t Scanner::after_spaces(std::size_t offset) const {
  while (offset < text_.size()) {
    const Character c = character_at(text_, offset);
    if (!is_space(c.code)) break;
    offset += c.length;
  }
  return offset;
}

void Scanner::skip() {
  for (;;) {
    offset_ = after_spaces(offset_);
    const std::string_view rest = text_.substr(offset_);
    if (rest.starts_with("//")) {
      offset_ = std::min(text_.find_first_of("\r\n", offset_), text_.size());
    } else if (rest.starts_with("/*")) {
      const std::size_t end = text_.find("*/", offset_ + 2);
      if (end == text_.npos) fail("this comment has no end: expected '*/'");
      offset_ = end + 2;
    } else {
      return;
    }
  }
}

bool Scanner::at(std::string_view sign) const {
  if (byte() != sign.front()) return false;  // mostly so
  const std::string_view rest = text_.substr(offset_);
  if (!rest.starts_with(sign)) return false;
  return std::ranges::none_of(longer_signs, [&](std::string_view longer) {
    return longer.size() > sign.size() && longer.starts_with(sign) && rest.starts_with(longer);
  });
}

bool Scanner::take(std::string_view sign) {
  if (!at(sign)) return false;
  take_bytes(sign.size());
  return true;
}

void Scanner::require(std::string_view sign, std::string_view where) {
  if (!take(sign)) fail_expecting("'" + std::string(sign) + "' " + std::string(where));
}

bool Scanner::at_word(std::string_view word) const {
  return byte() == word.front() && text_.substr(offset_).starts_with(word) &&
         !is_name_part(character(offset_ + word.size()));
}

bool Scanner::take_word(std::string_view word) {
  if (!at_word(word)) return false;
  take_bytes(word.size());
  return true;
}

void Scanner::require_word(std::string_view word, std::string_view where) {
  if (!take_word(word)) fail_expecting("'" + std::string(word) + "' " + std::string(where));
}

bool Scanner::at_name() const { return is_name_start(character(offset_)); }

bool Scanner::at_digit() const {
  const char32_t first = character(offset_);
  return is_digit(first) || (first == '.' && is_digit(character(offset_ + 1)));
}

std::size_t Scanner::after_name(std::size_t offset) const {
  while (is_name_part(character(offset))) offset += character_at(text_, offset).length;
  return offset;
}

std::string_view Scanner::take_name() {
  const std::size_t begin = offset_;
  const std::size_t end = after_name(offset_);
  take_bytes(end - begin);
  return text_.substr(begin, end - begin);
}

std::size_t Scanner::length_of(std::string_view name, bool loose) const {
  std::size_t at = offset_;
  bool after_sign = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool sign = is_name_sign(name[i]);
    const std::size_t spaces_end = after_spaces(at);
    if (name[i] == ' ') {
      const bool may_miss = loose && (after_sign || (i + 1 < name.size() && is_name_sign(name[i + 1])));
      if (spaces_end == at && !may_miss) return 0;
      at = spaces_end;
      continue;
    }
    if (loose && i > 0 && (sign || after_sign)) at = spaces_end;
    if (at >= text_.size() || text_[at] != name[i]) return 0;
    ++at;
    after_sign = sign;
  }
  return !after_sign && is_name_part(character(at)) ? 0 : at - offset_;
}

void Scanner::take_bytes(std::size_t count) {
  offset_ += count;
  skip();
}

std::string Scanner::take_new_name(std::string_view ends, bool before_in) {
  const std::size_t begin = offset_;
  std::size_t at = offset_;
  for (;;) {
    const std::size_t name_end = after_name(at);
    const bool word_in = before_in && at > begin && text_.substr(at, name_end - at) == "in";
    if (word_in || (name_end == at && ends.find(static_cast<char>(character(at))) != ends.npos)) break;
    if (name_end == at && !is_name_sign(static_cast<char>(std::min<char32_t>(character(at), 127)))) return {};
    at = after_spaces(name_end == at ? at + 1 : name_end);
  }
  if (at == begin || !is_name_start(character(begin))) return {};
  take_bytes(at - begin);
  return normalized_name(text_.substr(begin, at - begin));
}

std::size_t Scanner::after_digits(std::size_t offset) const {
  while (is_digit(character(offset))) ++offset;
  return offset;
}

Number Scanner::take_number() {
  std::size_t end = after_digits(offset_);
  if (character(end) == '.' && is_digit(character(end + 1))) end = after_digits(end + 1);
  if ((character(end) | 0x20) == 'e') {
    const std::size_t sign = character(end + 1) == '+' || character(end + 1) == '-' ? 1 : 0;
    if (is_digit(character(end + 1 + sign))) end = after_digits(end + 1 + sign);
  }
  const std::optional<Number> number = Number::parse(text_.substr(offset_, end - offset_));
  if (!number) fail("this number cannot be held: at most 34 digits and an exponent within 6144 are");
  take_bytes(end - offset_);
  return *number;
}

std::string Scanner::take_string() {
  const std::size_t begin = offset_++;
  std::string string;
  while (offset_ < text_.size() && text_[offset_] != '"') {
    if (text_[offset_] == '\\') take_escape(string);
    else string += text_[offset_++];
  }
  if (at_end()) fail_at(begin, "this string has no end: expected '\"'");
  take_bytes(1);
  return string;
}

void Scanner::take_escape(std::string& string) {
  const char kind = offset_ + 1 < text_.size() ? text_[offset_ + 1] : '\0';
  constexpr std::string_view kinds = "nrtbf\"'\\/";
  constexpr std::string_view meanings = "\n\r\t\b\f\"'\\/";
  if (const std::size_t known = kinds.find(kind); known != kinds.npos) {
    string += meanings[known];
    offset_ += 2;
    return;
  }
  if (kind != 'u' && kind != 'U') {  // kept as it is: patterns such as "\d+"
    string += text_[offset_++];
    return;
  }
  char32_t code = take_hexadecimal(kind == 'u' ? 4 : 6);
  const bool high = code >= 0xD800 && code < 0xDC00;
  if (high && text_.substr(offset_).starts_with("\\u")) {
    const char32_t low = take_hexadecimal(4);
    if (low < 0xDC00 || low > 0xDFFF)
      fail("expected the other half of a character, \\uDC00 to \\uDFFF, before this");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  append_character(string, code);
}

char32_t Scanner::take_hexadecimal(std::size_t digits) {
  char32_t code = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char32_t c = character(offset_ + 2 + i);
    const char32_t letter = (c | 0x20) - 'a';
    if (!is_digit(c) && letter > 5)
      fail("expected " + std::to_string(digits) + " hexadecimal digits after \\u");
    code = code * 16 + (is_digit(c) ? c - '0' : letter + 10);
  }
  offset_ += 2 + digits;
  return code;
}

Position Scanner::position_of(std::size_t offset) const {
  if (offset < known_offset_) {
    known_offset_ = 0;
    known_position_ = {};
  }
  while (known_offset_ < offset) {
    ++known_position_.column;
    if (text_[known_offset_] == '\n') known_position_ = {.line = known_position_.line + 1, .column = 1};
    known_offset_ += static_cast<std::size_t>(character_at(text_, known_offset_).length);
  }
  return known_position_;
}

std::string Scanner::found() const {
  if (at_end()) return "the end";
  const std::size_t end = std::max(after_name(offset_), offset_ + character_at(text_, offset_).length);
  return "'" + std::string(text_.substr(offset_, std::min<std::size_t>(end - offset_, 60))) + "'";
}

void Scanner::fail_expecting(std::string_view what) const {
  fail("expected " + std::string(what) + ", got " + found());
}

void Scanner::fail_at(std::size_t offset, std::string_view message) const {
  throw Error(Error::Code::invalid, position_of(offset).text() + ": " + std::string(message));
}

}  // namespace vcsr::feel

// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/patterns/pattern_translator.hpp"

#include "rules/feel/values/characters.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::feel {

namespace {

constexpr int deepest = 100;
constexpr std::u32string_view special = U".\\?*+{}()|^$[]";

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Flag x: blanks go, but those in brackets.
std::u32string without_space(const std::u32string& text) {
  std::u32string kept;
  int brackets = 0;
  bool escaped = false;
  for (const auto c : text) {
    if (brackets == 0 && is_blank(c)) continue;
    kept += c;
    if (!escaped && c == '[') ++brackets;
    if (!escaped && c == ']' && brackets > 0) --brackets;
    escaped = !escaped && c == '\\';
  }
  return kept;
}

}  // namespace

PatternFlags PatternFlags::parse(std::string_view letters) {
  PatternFlags flags;
  for (const char letter : letters) {
    switch (letter) {
      case 's': flags.dot_all = true; break;
      case 'm': flags.multiline = true; break;
      case 'i': flags.ignore_case = true; break;
      case 'x': flags.ignore_space = true; break;
      case 'q': flags.literal = true; break;
      default: throw Error(Error::Code::invalid, std::string("flags are of \"smixq\", got '") + letter + "'");
    }
  }
  return flags;
}

std::string quoted_character(char32_t c) {
  std::string text;
  const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
  if (!plain && c > ' ' && c != 0x7F) text += '\\';
  append_character(text, c);
  return text;
}

PatternTranslator::PatternTranslator(std::string_view pattern, PatternFlags flags) : flags_(flags) {
  for (std::size_t at = 0; at < pattern.size();) {
    const auto character = character_at(pattern, at);
    text_ += character.code;
    at += static_cast<std::size_t>(character.length);
  }
  if (flags.ignore_space && !flags.literal) text_ = without_space(text_);
}

bool PatternTranslator::take(char32_t c) {
  if (!next_is(c)) return false;
  ++at_;
  return true;
}

char32_t PatternTranslator::any(const char* expected) {
  if (done()) refuse(std::string("expected ") + expected + ", it ends");
  return text_[at_++];
}

void PatternTranslator::refuse(const std::string& why) const {
  throw Error(Error::Code::invalid, "the pattern at character " + std::to_string(at_ + 1) + ": " + why);
}

std::string PatternTranslator::translate() {
  if (flags_.literal) {
    for (const auto c : text_) out_ += quoted_character(c);
    return out_;
  }
  alternatives(0);
  if (!done()) refuse("')' without '('");
  return out_;
}

void PatternTranslator::alternatives(int depth) {
  if (depth > deepest) refuse("more than " + std::to_string(deepest) + " groups in one another");
  while (!done() && !next_is(')')) {
    if (take('|')) {
      out_ += '|';
    } else {
      atom(depth);
      quantifier();
    }
  }
}

void PatternTranslator::atom(int depth) {
  const auto c = any("a character");
  if (c == '(') {
    group(depth);
  } else if (c == '[') {
    out_ += class_expression(depth);
  } else if (c == '\\') {
    escape();
  } else if (c == '.') {
    out_ += flags_.dot_all ? "(?s:.)" : "[^\\n\\r]";
  } else if (c == '^') {
    out_ += flags_.multiline ? "(?m:^)" : "(?:\\A)";
  } else if (c == '$') {
    out_ += flags_.multiline ? "(?m:$)" : "(?:\\z)";
  } else if (special.find(c) != std::u32string_view::npos) {
    --at_;
    refuse(std::string("'") + static_cast<char>(c) + "' is to be written '\\" + static_cast<char>(c) + "'");
  } else {
    out_ += quoted_character(c);
  }
}

void PatternTranslator::group(int depth) {
  int number = 0;
  if (take('?')) {
    if (!take(':')) refuse("expected ':' after '(?'");
    out_ += "(?:";
  } else {
    number = ++groups_;
    out_ += '(';
  }
  alternatives(depth + 1);
  if (!take(')')) refuse("expected ')'");
  out_ += ')';
  if (number != 0) closed_.insert(number);
}

void PatternTranslator::quantifier() {
  if (take('?')) {
    out_ += '?';
  } else if (take('*')) {
    out_ += '*';
  } else if (take('+')) {
    out_ += '+';
  } else if (take('{')) {
    out_ += '{' + count();
    if (take(',')) out_ += next_is('}') ? "," : "," + count();
    if (!take('}')) refuse("expected '}'");
    out_ += '}';
  } else {
    return;
  }
  if (take('?')) out_ += '?';
}

std::string PatternTranslator::count() {
  std::string digits;
  while (!done() && is_digit(text_[at_])) digits += static_cast<char>(text_[at_++]);
  if (digits.empty()) refuse("expected a number");
  return digits;
}

void PatternTranslator::escape() {
  const auto letter = any("a character after '\\'");
  if (letter >= '1' && letter <= '9') return back_reference(letter);
  const auto characters = character_class(letter);
  out_ += characters.empty() ? quoted_character(single_escape(letter)) : characters;
}

void PatternTranslator::back_reference(char32_t first) {
  int number = static_cast<int>(first - '0');
  // Further digits belong to it as long as there are so many groups.
  while (!done() && is_digit(text_[at_]) && number * 10 + static_cast<int>(text_[at_] - '0') <= groups_) {
    number = number * 10 + static_cast<int>(text_[at_++] - '0');
  }
  if (!closed_.contains(number)) refuse("no group " + std::to_string(number) + " ends before here");
  out_ += "\\g{" + std::to_string(number) + "}";
}

char32_t PatternTranslator::single_escape(char32_t letter) const {
  if (letter == 'n') return '\n';
  if (letter == 'r') return '\r';
  if (letter == 't') return '\t';
  if (letter == '-' || special.find(letter) != std::u32string_view::npos) return letter;
  std::string text;
  append_character(text, letter);
  refuse("no escape '\\" + text + "'");
}

}  // namespace vcsr::feel

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace vcsr::feel {

/// Flags of XPath's regular expressions.
struct PatternFlags {
  bool dot_all = false;
  bool multiline = false;
  bool ignore_case = false;
  bool ignore_space = false;
  bool literal = false;

  /// Throws Error(invalid) for another letter than those of "smixq".
  static PatternFlags parse(std::string_view letters);
};

/// Rewrites a regular expression of XPath as one of PCRE2, whose options it sets inside. What XPath does not
/// know is refused, although PCRE2 does.
class PatternTranslator {
 public:
  PatternTranslator(std::string_view pattern, PatternFlags flags);

  /// Throws Error(invalid) with the place in the pattern.
  std::string translate();
  int groups() const { return groups_; }

 private:
  bool done() const { return at_ == text_.size(); }
  bool next_is(char32_t c) const { return !done() && text_[at_] == c; }
  bool take(char32_t c);
  char32_t any(const char* expected);
  [[noreturn]] void refuse(const std::string& why) const;

  void alternatives(int depth);
  void atom(int depth);
  void group(int depth);
  void quantifier();
  std::string count();
  void escape();
  void back_reference(char32_t first);

  /// "[...]", as something that matches one character.
  std::string class_expression(int depth);
  std::string class_members();
  void class_range(char32_t first, std::string& single);
  char32_t class_character();
  /// A class of characters after "\"; empty where the letter is none.
  std::string character_class(char32_t letter);
  std::string property(bool negated);
  char32_t single_escape(char32_t letter) const;

  std::u32string text_;
  PatternFlags flags_;
  std::size_t at_ = 0;
  std::string out_;
  int groups_ = 0;
  std::set<int> closed_;
};

/// A character as PCRE2 reads it literally, inside and outside of brackets.
std::string quoted_character(char32_t c);
/// "[\x{41}-\x{5A}]" of a block of Unicode: "BasicLatin"; empty where there is none of this name.
std::string unicode_block(const std::string& name);

}  // namespace vcsr::feel

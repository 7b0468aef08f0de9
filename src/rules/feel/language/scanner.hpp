// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "rules/feel/values/number.hpp"
#include "rules/feel/values/position.hpp"

namespace vcsr::feel {

/// Takes the words of FEEL from a text, from left to right; blanks and comments between them are passed over.
class Scanner {
 public:
  explicit Scanner(std::string_view text);

  std::size_t offset() const { return offset_; }
  /// For what was only looked at.
  void go_to(std::size_t offset) { offset_ = offset; }
  bool at_end() const { return offset_ == text_.size(); }
  /// The one that stands here; 0 at the end.
  char byte() const { return at_end() ? '\0' : text_[offset_]; }
  Position position() const { return position_of(offset_); }

  /// A sign stands here: not one that begins a longer sign, such as "<" of "<=".
  bool at(std::string_view sign) const;
  bool take(std::string_view sign);
  void require(std::string_view sign, std::string_view where);
  /// A word stands here, and no longer name.
  bool at_word(std::string_view word) const;
  bool take_word(std::string_view word);
  void require_word(std::string_view word, std::string_view where);

  bool at_name() const;
  bool at_digit() const;
  /// The name that stands here: letters and digits alone.
  std::string_view take_name();
  /// The bytes that `name` takes here, with its blanks as they may be written; 0 where it does not stand
  /// here. Blanks around signs in a name may be more or fewer only where `loose`.
  std::size_t length_of(std::string_view name, bool loose) const;
  void take_bytes(std::size_t count);
  /// A name as it is defined, signs and blanks in it, normalized: up to one of `ends`, a sign, or to the word
  /// "in" where that is what ends it. Empty, and nothing taken, where there is none.
  std::string take_new_name(std::string_view ends, bool before_in = false);

  Number take_number();
  /// A string in quotes, with its escapes resolved.
  std::string take_string();

  /// Throws Error(invalid).
  [[noreturn]] void fail_expecting(std::string_view what) const;
  [[noreturn]] void fail(std::string_view message) const { fail_at(offset_, message); }

 private:
  Position position_of(std::size_t offset) const;
  [[noreturn]] void fail_at(std::size_t offset, std::string_view message) const;
  void skip();
  std::size_t after_spaces(std::size_t offset) const;
  char32_t character(std::size_t offset) const;
  std::size_t after_name(std::size_t offset) const;
  std::size_t after_digits(std::size_t offset) const;
  void take_escape(std::string& string);
  char32_t take_hexadecimal(std::size_t digits);
  std::string found() const;

  std::string_view text_;
  std::size_t offset_ = 0;
  /// The last position asked for: mostly the next one is behind it.
  mutable std::size_t known_offset_ = 0;
  mutable Position known_position_;
};

}  // namespace vcsr::feel

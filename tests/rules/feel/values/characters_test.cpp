// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/characters.hpp"

#include <doctest/doctest.h>

namespace vcsr::feel {

TEST_CASE("characters of UTF-8 are read and written") {
  const std::string text = "aé€🐎";
  std::string again;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    append_character(again, c.code);
    at += c.length;
  }

  CHECK(again == text);
  CHECK(character_at("🐎", 0).code == 0x1F40E);
}

TEST_CASE("what is not UTF-8 is replaced byte by byte") {
  for (const std::string_view text :
       {"\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x28\xA1"}) {
    CHECK(character_at(text, 0).code == 0xFFFD);
    CHECK(character_at(text, 0).length == 1);
  }
}

TEST_CASE("names begin with letters, also of other scripts, and go on with digits") {
  CHECK(is_name_start('?'));
  CHECK(is_name_start(U'ä'));
  CHECK(is_name_start(0x1F40E));
  CHECK_FALSE(is_name_start('1'));
  CHECK(is_name_part('1'));
  CHECK_FALSE(is_name_part('-'));
  CHECK_FALSE(is_name_part(0xD7));
}

TEST_CASE("a name is kept with single blanks") {
  CHECK(normalized_name("  Monthly \n\t Salary ") == "Monthly Salary");
  CHECK(normalized_name("a\xC2\xA0+ b") == "a + b");
}

}  // namespace vcsr::feel

// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/text.hpp"

#include <doctest/doctest.h>

using namespace vcsr::feel;

TEST_CASE("characters are counted, whatever their bytes") {
  CHECK(character_count("") == 0);
  CHECK(character_count("aé€🐎") == 4);
  CHECK(character_offset("aé€🐎b", 0) == 0);
  CHECK(character_offset("aé€🐎b", 2) == 3);
  CHECK(character_offset("aé€🐎b", 4) == 10);
  CHECK(character_offset("aé", 2) == 3);
  CHECK(character_offset("aé", 9) == 3);
}

TEST_CASE("cases are mapped in full and in no language") {
  CHECK(upper_case("straße iıǆ") == "STRASSE IIǄ");
  CHECK(lower_case("ΑΣ İ") == "ας i̇");
  CHECK(upper_case("\xFF") != "");
}

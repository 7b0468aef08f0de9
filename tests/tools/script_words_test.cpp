// SPDX-License-Identifier: Apache-2.0
#include "tools/script_words.hpp"

#include <doctest/doctest.h>

namespace vcsr {

TEST_CASE("statements end at line ends and at semicolons") {
  const std::vector<Statement> all = split_script("wait 2s; digits 1\n\nhang up");

  REQUIRE(all.size() == 3);
  CHECK(all[0].source == "wait 2s");
  CHECK(all[1].source == "digits 1");
  CHECK(all[1].line == 1);
  CHECK(all[2].source == "hang up");
  CHECK(all[2].line == 3);
}

TEST_CASE("a semicolon or a number sign inside a word belongs to the word") {
  const std::vector<Statement> all = split_script("refer sip:1002;transport=tcp; digits 12#");

  REQUIRE(all.size() == 2);
  CHECK(all[0].words[1].text == "sip:1002;transport=tcp");
  CHECK(all[1].words[1].text == "12#");
}

TEST_CASE("a number sign before a word begins a comment") {
  const std::vector<Statement> all = split_script("# Anna calls\nanswer # at once; busy\n");

  REQUIRE(all.size() == 1);
  CHECK(all[0].words.size() == 1);
  CHECK(all[0].source == "answer");
  CHECK(all[0].line == 2);
}

TEST_CASE("quoted text holds anything, quotes too") {
  const std::vector<Statement> all = split_script(R"(say "a; b # \"c\" \\")");

  REQUIRE(all.size() == 1);
  CHECK(all[0].words[1].text == R"(a; b # "c" \)");
  CHECK(all[0].words[1].quoted);
  CHECK(all[0].fault == "");
}

TEST_CASE("a quote that is not closed is a fault of its statement") {
  CHECK(split_script("say \"hello").at(0).fault == "a quote is not closed");
}

}  // namespace vcsr

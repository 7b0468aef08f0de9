// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/recognizer.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;

TEST_CASE("phrases become a grammar, and are known however they are written") {
  const Grammar grammar = Grammar::phrases({"yes", "Yes please", "my balance"});

  CHECK(grammar.jsgf() == "#JSGF V1.0; grammar phrases; public <phrase> = yes | Yes please | my balance;");
  CHECK(grammar.allows("YES"));
  CHECK(grammar.allows("Yes, please."));
  CHECK(grammar.allows("my  balance"));
  CHECK_FALSE(grammar.allows("no"));
  CHECK_FALSE(grammar.allows(""));
}

TEST_CASE("Chinese phrases are phrases too") {
  const Grammar grammar = Grammar::phrases({"余额", "转人工"});

  CHECK(grammar.allows("余额"));
  CHECK_FALSE(grammar.allows("余"));
}

TEST_CASE("whatever is said is allowed where no phrases are given") {
  CHECK(Grammar().allows("anything"));
  CHECK(Grammar().jsgf().empty());
  CHECK(Grammar::jsgf("#JSGF V1.0; grammar g; public <g> = a;").allows("anything"));
}

TEST_CASE("what could break out of a grammar is refused") {
  CHECK_THROWS_WITH_AS(
      Grammar::phrases({"yes; public <x> = no"}),
      "grammar: expected words of letters, digits, hyphens and apostrophes, got \"yes; public <x> "
      "= no\"",
      Error);
  CHECK_THROWS_AS(Grammar::phrases({""}), Error);
  CHECK_THROWS_WITH_AS(Grammar::jsgf("yes | no"),
                       "grammar: expected \"#JSGF V1.0;\" at the beginning, got \"yes | no\"", Error);
}

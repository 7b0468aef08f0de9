// SPDX-License-Identifier: Apache-2.0
#include "app/recognizer_section.hpp"

#include <doctest/doctest.h>

using namespace vcsr;

TEST_CASE("a center understands callers with what its file names") {
  const auto made = [](const char* text) {
    return make_recognizer(parse_config(text, "bank.toml", "/srv/bank").recognizer);
  };

  CHECK_FALSE(made(""));
  CHECK_FALSE(made("[recognizer]\nengine = \"none\""));
  CHECK(made("[recognizer]\nengine = \"pocketsphinx\""));
  const auto program = made("[recognizer]\nengine = \"program\"\nprogram = [\"echo\", \"{language}\"]");
  REQUIRE(program);
  CHECK(program->start({}, "en")->result().text == "en");
}

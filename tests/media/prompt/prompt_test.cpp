// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/prompt.hpp"

#include <doctest/doctest.h>

using namespace vcsr;

TEST_CASE("prompts are put together in order") {
  const SoundPtr beep = std::make_shared<Sound>(std::vector<std::int16_t>(10));

  const Prompt prompt = Prompt("welcome") + Prompt::words("hello") + Prompt::sound(beep);

  REQUIRE(prompt.parts().size() == 3);
  CHECK(prompt.parts()[0].kind == Prompt::Kind::name);
  CHECK(prompt.parts()[0].text == "welcome");
  CHECK(prompt.parts()[1].kind == Prompt::Kind::words);
  CHECK(prompt.parts()[1].text == "hello");
  CHECK(prompt.parts()[2].kind == Prompt::Kind::sound);
  CHECK(prompt.parts()[2].sound == beep);
}

TEST_CASE("a slot belongs to the last part, and the prompt it was made of does not change") {
  const Prompt plain = Prompt("welcome") + "balance";

  const Prompt filled = plain.with("amount", Spoken::number(1)).with("amount", Spoken::number(2));

  CHECK(plain.parts()[1].slots.empty());
  CHECK(filled.parts()[0].slots.empty());
  REQUIRE(filled.parts()[1].slots.size() == 1);
  CHECK(filled.parts()[1].slots.at("amount").text("en") == "two");
}

TEST_CASE("the language of two prompts is the left one's, or else the right one's") {
  const Prompt plain("a");
  const Prompt chinese = plain.in("zh");
  const Prompt english = plain.in("en");

  CHECK(plain.language().empty());
  CHECK((chinese + english).language() == "zh");
  CHECK((plain + english).language() == "en");
  CHECK((plain + plain).language().empty());
}

TEST_CASE("a value is said in the language in which it is heard") {
  const Prompt prompt = Prompt("balance-is") + Prompt::value(Spoken::number(2));

  REQUIRE(prompt.parts().size() == 2);
  CHECK(prompt.parts()[1].slots.at("").text("zh") == "二");
}

TEST_CASE("what must be heard whole is a passage of its own, in the language of the prompt") {
  const Prompt prompt = (Prompt("notice") + Prompt::words("recorded")).whole() + "menu" + "more";

  const std::vector<Prompt> passages = prompt.in("zh").passages();

  REQUIRE(passages.size() == 2);
  CHECK(passages[0].parts().size() == 2);
  CHECK_FALSE(passages[0].parts()[0].barge_in);
  CHECK(passages[0].language() == "zh");
  CHECK(passages[1].parts().size() == 2);
  CHECK(passages[1].parts()[0].text == "menu");
  CHECK(passages[1].parts()[0].barge_in);
  CHECK(Prompt("menu").passages().size() == 1);
}

// SPDX-License-Identifier: Apache-2.0
#include "app/recognizer_section.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;

TEST_CASE("a center understands callers with what its file names") {
  const auto made = [](const char* text) {
    return make_recognizers(parse_config(text, "bank.toml", "/srv/bank").recognizer);
  };

  CHECK(made("").empty());
  CHECK(made("[recognizer]\nengine = \"none\"").empty());
  CHECK(made("[recognizer]\nengine = \"pocketsphinx\"\nat_a_time = 3").size() == 3);
  CHECK(made("[recognizer]\nengine = \"http\"\nurl = \"http://127.0.0.1:9000/\"").size() == 1);
  const auto program = made("[recognizer]\nengine = \"program\"\nprogram = [\"echo\", \"{language}\"]");
  REQUIRE(program.size() == 1);
  CHECK(program[0]->start({}, "en")->result().text == "en");
}

TEST_CASE("a service is described key by key") {
  const SpeechService service = parse_config(R"([recognizer]
engine = "http"
url = "https://speech.example.com/v1/audio/transcriptions"
token = "open sesame"
fields = { model = "whisper-1", language = "en" }
words = "/results/0/text"
confidence = "/results/0/p"
limit = "3s"
authorities = "ca.pem"
)",
                                             "bank.toml", "/srv/bank")
                                    .recognizer.service;

  CHECK(service.url == "https://speech.example.com/v1/audio/transcriptions");
  CHECK(service.token.reveal() == "open sesame");
  CHECK(service.fields == decltype(service.fields){{"language", "en"}, {"model", "whisper-1"}});
  CHECK(service.words == "/results/0/text");
  CHECK(service.confidence == "/results/0/p");
  CHECK(service.limit == std::chrono::seconds(3));
  CHECK(service.authorities == "/srv/bank/ca.pem");
}

TEST_CASE("an engine without what it needs, and keys without their engine, are told with their place") {
  struct Case {
    const char* text;
    const char* fault;
  };
  const Case cases[] = {
      {"[recognizer]\nengine = \"ears\"",
       "bank.toml:2: recognizer.engine: expected \"none\", \"pocketsphinx\", \"program\" or \"http\", got "
       "\"ears\""},
      {"[recognizer]\nengine = \"program\"",
       "bank.toml:1: recognizer.program: is missing: expected a program and its arguments such as [\"hear\", "
       "\"{language}\"]"},
      {"[recognizer]\nengine = \"pocketsphinx\"\nprogram = [\"hear\"]",
       "bank.toml:3: recognizer.program: stands without the engine that it belongs to"},
      {"[recognizer]\nengine = \"http\"\nurl = \"ftp://a\"",
       "bank.toml:3: recognizer.url: expected a URL such as \"http://127.0.0.1:9000/inference\", got "
       "\"ftp://a\""},
      {"[recognizer]\nengine = \"http\"\nurl = \"http://a\"\nwords = \"text\"",
       "bank.toml:4: recognizer.words: expected a JSON pointer such as \"/text\", got \"text\""},
      {"[recognizer]\ntoken = \"a\"",
       "bank.toml:2: recognizer.token: stands without the engine that it belongs to"},
  };

  for (const Case& wrong : cases)
    CHECK_THROWS_WITH_AS(parse_config(wrong.text, "bank.toml", "/srv/bank"), wrong.fault, Error);
}

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
  CHECK(made("[recognizer]\nengine = \"http\"\nurl = \"http://127.0.0.1:9000/\""));
  const auto program = made("[recognizer]\nengine = \"program\"\nprogram = [\"echo\", \"{language}\"]");
  REQUIRE(program);
  CHECK(program->start({}, "en")->result().text == "en");
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

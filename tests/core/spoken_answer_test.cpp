// SPDX-License-Identifier: Apache-2.0
#include "core/spoken_answer.hpp"

#include <optional>
#include <string>

#include "core/audible_world.hpp"
#include "vcsr/media/speech.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// Understands whatever it was told beforehand.
class KnowingRecognizer final : public Recognizer {
 public:
  explicit KnowingRecognizer(std::string& words) : words_(words) {}

  std::unique_ptr<Recognition> start(const Grammar&, const std::string& language) override {
    if (words_.empty()) throw Error(Error::Code::unavailable, "the recognizer is gone");
    return std::make_unique<Known>(words_ + (language == "en" ? "" : " in " + language));
  }

 private:
  struct Known final : Recognition {
    explicit Known(std::string words) : words(std::move(words)) {}
    void feed(std::span<const std::int16_t> samples) override { heard += samples.size(); }
    Recognized result() override { return heard > 4000 ? Recognized{words, 0.8} : Recognized{}; }
    std::string words;
    std::size_t heard = 0;
  };
  std::string& words_;
};

const Grammar answers = Grammar::phrases({"yes", "no", "my balance"});

/// Somebody who was called and is asked.
struct Asked {
  explicit Asked(AskOptions options = {.grammar = &answers}, std::unique_ptr<Recognizer> recognizer = nullptr)
      : world(recognizer ? std::move(recognizer) : std::make_unique<KnowingRecognizer>(words)) {
    world.answer();
    world.scope.spawn(ask(*world.outgoing->call, options, heard));
    pass(100ms);
  }
  static Task<> ask(Call call, AskOptions options, std::optional<Heard>& heard) {
    heard = co_await call.ask("menu", options);
  }
  void pass(Duration duration) { world.loop.run_for(duration); }
  void question_ends() {
    world.lines->leg->listener->on_played();
    pass(100ms);
  }
  void says(const char* what) {
    world.lines->sound(std::make_shared<Sound>(make_espeak_synthesizer()->speak(what, "en")));
    world.lines->sound(silence(1s));
    pass(200ms);
  }

  std::string words = "my balance";
  AudibleWorld world;
  std::optional<Heard> heard;
};

}  // namespace

TEST_CASE("a question is answered by word of mouth") {
  Asked asked;

  asked.question_ends();
  asked.says("my balance");
  asked.pass(1s);

  REQUIRE(asked.heard);
  CHECK(asked.heard->kind == Heard::Kind::speech);
  CHECK(asked.heard->text == "my balance");
  CHECK(asked.heard->confidence == doctest::Approx(0.8));
  CHECK_FALSE(asked.world.lines->leg->ear);
}

TEST_CASE("a key answers all the same, also while somebody speaks") {
  Asked asked;
  asked.question_ends();
  asked.world.lines->sound(tone({500, 1300, 2100}, 300ms));
  asked.pass(100ms);

  asked.world.lines->leg->listener->on_digit('2');
  asked.pass(1s);

  REQUIRE(asked.heard);
  CHECK(asked.heard->kind == Heard::Kind::digits);
  CHECK(asked.heard->text == "2");
}

TEST_CASE("PocketSphinx understands who answers in a call") {
  for (const char* const answer : {"yes", "no", "my balance"}) {
    CAPTURE(answer);
    Asked asked({.grammar = &answers}, make_sphinx_recognizer());

    asked.question_ends();
    asked.says(answer);
    asked.pass(1s);

    REQUIRE(asked.heard);
    CHECK(asked.heard->kind == Heard::Kind::speech);
    CHECK(asked.heard->text == answer);
    CHECK(asked.heard->confidence > 0.5);
  }
}

TEST_CASE("what the grammar does not allow is wrong") {
  Asked asked;
  asked.words = "the weather";

  asked.question_ends();
  asked.says("the weather");
  asked.pass(1s);

  REQUIRE(asked.heard);
  CHECK(asked.heard->kind == Heard::Kind::wrong);
  CHECK(asked.heard->text == "the weather");
}

TEST_CASE("who says nothing has given no answer") {
  Asked asked;

  asked.question_ends();
  asked.pass(6s);

  REQUIRE(asked.heard);
  CHECK(asked.heard->kind == Heard::Kind::nothing);
}

TEST_CASE("words during the question count only where they may barge in") {
  Asked patient, barging({.grammar = &answers, .speech_barges_in = true});

  patient.says("my balance");
  barging.says("my balance");
  patient.pass(1s);
  barging.pass(1s);

  CHECK_FALSE(patient.heard);
  CHECK(patient.world.lines->leg->playing);
  REQUIRE(barging.heard);
  CHECK(barging.heard->kind == Heard::Kind::speech);
  CHECK_FALSE(barging.world.lines->leg->playing);
}

TEST_CASE("a recognizer that fails is as if nothing had been said") {
  Asked asked;
  asked.words = "";

  asked.question_ends();
  asked.says("my balance");
  asked.pass(1s);

  REQUIRE(asked.heard);
  CHECK(asked.heard->kind == Heard::Kind::nothing);
}

TEST_CASE("without a grammar nobody listens") {
  Asked asked(AskOptions{});

  asked.question_ends();

  CHECK_FALSE(asked.world.lines->leg->ear);
}

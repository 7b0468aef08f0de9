// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/recognizer.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <latch>
#include <memory>
#include <string>
#include <vector>

#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/sim/sim_loop.hpp"

using namespace vcsr;

namespace {

/// Is told how many are at work; nobody is done before all are.
class Companion final : public Recognizer {
 public:
  explicit Companion(std::shared_ptr<std::latch> all) : all_(std::move(all)) {}
  std::unique_ptr<Recognition> start(const Grammar&, const std::string& language) override {
    if (language == "none") throw Error(Error::Code::unsupported, "speaks nothing");
    return std::make_unique<Work>(all_);
  }

 private:
  struct Work final : Recognition {
    explicit Work(std::shared_ptr<std::latch> all) : all(std::move(all)) {}
    void feed(std::span<const std::int16_t> samples) override { heard += samples.size(); }
    Recognized result() override {
      all->arrive_and_wait();
      return {std::to_string(heard), 1};
    }
    std::shared_ptr<std::latch> all;
    std::size_t heard = 0;
  };
  std::shared_ptr<std::latch> all_;
};

std::vector<std::unique_ptr<Recognizer>> companions(int count, const std::shared_ptr<std::latch>& all) {
  std::vector<std::unique_ptr<Recognizer>> made;
  for (int i = 0; i < count; ++i) made.push_back(std::make_unique<Companion>(all));
  return made;
}

Task<> hear(
    Transcriber& transcriber, std::size_t samples, std::string language, std::string& text,
    std::function<void()> done = [] {}) {
  std::vector<std::int16_t> audio(samples);
  try {
    const Recognized said = co_await transcriber.transcribe(std::move(audio), Grammar(), std::move(language));
    text = said.text;
  } catch (const Error& error) {
    text = error.what();
  }
  done();
}

}  // namespace

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

TEST_CASE("with several recognizers several utterances are understood at a time") {
  AsioLoop loop;
  const auto all = std::make_shared<std::latch>(3);
  Transcriber transcriber(loop, companions(3, all));
  std::vector<std::string> texts(3);
  Scope scope(loop);
  int left = 3;
  const auto done = [&] {
    if (--left == 0) loop.stop();
  };

  for (std::size_t i = 0; i < texts.size(); ++i) scope.spawn(hear(transcriber, i + 1, "en", texts[i], done));
  loop.run();

  CHECK(texts == std::vector<std::string>{"1", "2", "3"});
}

TEST_CASE("a recognizer that failed is asked again") {
  SimLoop loop;
  Transcriber transcriber(loop, companions(1, std::make_shared<std::latch>(1)), Worker::Mode::on_loop);
  std::string first, second;
  Scope scope(loop);

  scope.spawn(hear(transcriber, 5, "none", first));
  scope.spawn(hear(transcriber, 6, "en", second));
  loop.run();

  CHECK(first == "speaks nothing");
  CHECK(second == "6");
}

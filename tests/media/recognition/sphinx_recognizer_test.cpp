// SPDX-License-Identifier: Apache-2.0
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "temporary_folder.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/recognizer.hpp"
#include "vcsr/media/speech.hpp"

using namespace vcsr;

namespace {

/// One engine for all tests: loading its model takes longer than they do.
Recognizer& engine() {
  static const std::unique_ptr<Recognizer> recognizer = make_sphinx_recognizer();
  return *recognizer;
}

/// As a telephone carries it: 8 kHz, µ-law, a moment of the line before and after, with its noise.
std::vector<std::int16_t> said(const std::string& words, const std::string& voice) {
  const Sound sound = make_espeak_synthesizer()->speak(words, voice);
  std::vector<std::int16_t> samples(2400);
  samples.insert(samples.end(), sound.samples().begin(), sound.samples().end());
  samples.resize(samples.size() + 4000);
  std::minstd_rand noise(1);
  std::normal_distribution<double> level(0, 40);
  for (std::int16_t& sample : samples)
    sample = decode(Codec::pcmu, encode(Codec::pcmu, static_cast<std::int16_t>(sample + level(noise))));
  return samples;
}

Recognized understood(const std::string& words, const Grammar& grammar, const std::string& voice = "en-us") {
  const std::unique_ptr<Recognition> recognition = engine().start(grammar, "en-US");
  recognition->feed(said(words, voice));
  return recognition->result();
}

/// How many of them, said by four voices each, are understood.
double right_of(const std::vector<std::string>& phrases, const Grammar& grammar) {
  int right = 0, all = 0;
  for (const std::string& phrase : phrases) {
    for (const std::string voice : {"en-us", "en-gb", "en-gb-scotland", "en-us-nyc"}) {
      right += understood(phrase, grammar, voice).text == phrase;
      ++all;
    }
  }
  return static_cast<double>(right) / all;
}

const std::vector<std::string> menu = {"my balance", "transfer money", "lost card", "speak to an agent",
                                       "opening hours"};
const std::vector<std::string> digits = {"zero", "one", "two",   "three", "four",
                                         "five", "six", "seven", "eight", "nine"};

}  // namespace

TEST_CASE("yes and no are understood whoever says them") {
  CHECK(right_of({"yes", "no"}, Grammar::phrases({"yes", "no"})) == 1);
}

TEST_CASE("the items of a menu are understood") {
  const double right = right_of(menu, Grammar::phrases(menu));

  MESSAGE("understood of a menu: " << right);
  CHECK(right >= 0.9);
}

TEST_CASE("single digits are understood mostly") {
  const double right = right_of(digits, Grammar::phrases(digits));

  MESSAGE("understood of single digits: " << right);
  CHECK(right >= 0.65);
}

TEST_CASE("a grammar of rules is followed") {
  const Grammar grammar = Grammar::jsgf(
      "#JSGF V1.0; grammar wish; public <wish> = [please] <verb> my card; <verb> = block | replace;");

  CHECK(understood("please block my card", grammar).text == "please block my card");
  CHECK(understood("replace my card", grammar).text == "replace my card");
}

TEST_CASE("what is not in the grammar is believed less") {
  const Grammar grammar = Grammar::phrases({"yes", "no"});

  const double expected = understood("yes", grammar).confidence;
  const double other = understood("the weather is nice today", grammar).confidence;

  CHECK(expected > 0.5);
  CHECK(other < 0.5);
}

TEST_CASE("in silence nothing is understood") {
  const std::unique_ptr<Recognition> recognition = engine().start(Grammar::phrases({"yes", "no"}), "en");

  recognition->feed(std::vector<std::int16_t>(8000));

  CHECK(recognition->result().text.empty());
}

TEST_CASE("an utterance without a sample is silence") {
  const std::unique_ptr<Recognition> recognition = engine().start(Grammar::phrases({"yes"}), "en");

  CHECK(recognition->result().text.empty());
}

TEST_CASE("two utterances at a time keep their grammars") {
  const std::unique_ptr<Recognition> first = engine().start(Grammar::phrases({"yes", "no"}), "en");
  const std::unique_ptr<Recognition> second = engine().start(Grammar::phrases({"lost card", "hello"}), "en");
  first->feed(said("yes", "en-us"));
  second->feed(said("lost card", "en-us"));

  CHECK(first->result().text == "yes");
  CHECK(second->result().text == "lost card");
}

TEST_CASE("what PocketSphinx cannot do is refused in plain words") {
  CHECK_THROWS_WITH_AS(engine().start(Grammar::phrases({"余额"}), "zh"),
                       "speech recognition: PocketSphinx understands \"en\" only, got \"zh\"", Error);
  CHECK_THROWS_WITH_AS(engine().start(Grammar(), "en"),
                       "speech recognition: PocketSphinx needs a grammar; ask with Grammar::phrases()",
                       Error);
  CHECK_THROWS_WITH_AS(
      engine().start(Grammar::phrases({"yes", "zxqv", "7"}), "en"),
      "speech recognition: the grammar has words that PocketSphinx's English dictionary lacks: \"7\", "
      "\"zxqv\"; write them as words it has, numbers in letters",
      Error);
  CHECK_THROWS_WITH_AS(
      engine().start(Grammar::jsgf("#JSGF V1.0; grammar g; <g> = yes;"), "en"),
      "speech recognition: the grammar has no public rule: #JSGF V1.0; grammar g; <g> = yes;", Error);
  CHECK_THROWS_WITH_AS(engine().start(Grammar::jsgf("#JSGF V1.0; grammar g; public <g> = ("), "en"),
                       "speech recognition: the grammar is no JSGF: #JSGF V1.0; grammar g; public <g> = (",
                       Error);
}

TEST_CASE("a model that is not there is named with its package") {
  const TemporaryFolder folder;

  CHECK_THROWS_WITH_AS(make_sphinx_recognizer(folder.path()),
                       ("speech recognition: there is no English model of PocketSphinx in " + folder.path() +
                        ": apt-get install pocketsphinx-en-us")
                           .c_str(),
                       Error);
}

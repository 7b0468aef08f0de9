// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/answerer.hpp"

#include <doctest/doctest.h>

#include "media/detection/answerer_samples.hpp"

using namespace vcsr;
using namespace std::chrono_literals;
using test::AnswererConfusion;
using test::AnswererSample;
using Kind = Answerer::Kind;

namespace {

const std::vector<AnswererSample>& samples() {
  static const std::vector<AnswererSample> all = test::AnswererSamples().all();
  return all;
}

AnswererConfusion measured(const AnswererOptions& options) {
  AnswererConfusion confusion;
  for (const AnswererSample& sample : samples()) {
    const Kind verdict = test::detect(sample, options).kind;
    if (verdict != sample.kind)
      MESSAGE(std::string(to_string(sample.kind)), " taken for ", std::string(to_string(verdict)), ": ",
              sample.name);
    confusion.add(sample.kind, verdict);
  }
  return confusion;
}

/// Bursts of a sound with many frequencies, which passes for speech: so long on, so long off.
std::vector<std::int16_t> bursts(std::initializer_list<Duration> lengths) {
  std::vector<std::int16_t> all;
  std::mt19937 random(5);
  std::normal_distribution<double> noise(0, 3000);
  bool on = false;
  for (const Duration length : lengths) {
    const auto count = static_cast<std::size_t>(length.count() * samples_per_second / 1'000'000);
    for (std::size_t i = 0; i < count; ++i)
      all.push_back(on ? static_cast<std::int16_t>(std::clamp(noise(random), -30000.0, 30000.0))
                       : std::int16_t{0});
    on = !on;
  }
  return all;
}

Answerer verdict_on(std::initializer_list<Duration> lengths, const AnswererOptions& options = {}) {
  return test::detect({Kind::unknown, "", bursts(lengths)}, options);
}

}  // namespace

TEST_CASE("most who answer are told for what they are when a machine is listened to until its end") {
  const AnswererConfusion confusion = measured({.until_beep = true});

  CHECK(confusion.total() >= 60);
  CHECK(confusion.correct() * 100 >= confusion.total() * 90);
  CHECK(confusion.people_lost() * 100 <= confusion.of(Kind::human) * 10);
}

TEST_CASE("a decision within seconds tells people from everything else") {
  const AnswererConfusion confusion = measured({});

  CHECK(confusion.people_lost() * 100 <= confusion.of(Kind::human) * 12);
  CHECK(confusion.taken(Kind::machine, Kind::human) * 100 <= confusion.of(Kind::machine) * 10);
  CHECK(confusion.taken(Kind::fax, Kind::fax) == confusion.of(Kind::fax));
  CHECK(confusion.taken(Kind::no_speech, Kind::no_speech) == confusion.of(Kind::no_speech));
}

TEST_CASE("a short greeting and a pause is a person, the surer the shorter") {
  const Answerer brief = verdict_on({500ms, 600ms, 2s});
  const Answerer longer = verdict_on({500ms, 1900ms, 2s});

  CHECK(brief.kind == Kind::human);
  CHECK(longer.kind == Kind::human);
  CHECK(brief.confidence > longer.confidence);
  CHECK(brief.greeting >= 500ms);
  CHECK(brief.greeting <= 700ms);
}

TEST_CASE("who speaks on is a machine, as soon as that is clear") {
  const Answerer answerer = verdict_on({200ms, 900ms, 300ms, 1s, 300ms, 1500ms, 2s});

  CHECK(answerer.kind == Kind::machine);
  CHECK_FALSE(answerer.beep);
}

TEST_CASE("nobody says anything") {
  CHECK(verdict_on({4s}).kind == Kind::no_speech);
  CHECK(verdict_on({1s, 40ms, 3s}).kind == Kind::no_speech);
  CHECK(verdict_on({4s}, {.silence = 10s, .limit = 3s}).kind == Kind::unknown);
}

TEST_CASE("the beep of a machine is waited for and told") {
  std::vector<std::int16_t> greeting = bursts({200ms, 900ms, 300ms, 1s, 300ms, 900ms, 500ms});
  const SoundPtr beep = tone({1000}, 400ms);
  greeting.insert(greeting.end(), beep->samples().begin(), beep->samples().end());
  greeting.resize(greeting.size() + 8000);

  const Answerer answerer = test::detect({Kind::machine, "", greeting}, {.until_beep = true});

  CHECK(answerer.kind == Kind::machine);
  CHECK(answerer.beep);
  CHECK(answerer.confidence > 0.9);
}

TEST_CASE("a menu begins again after a pause and never beeps") {
  CHECK(verdict_on({200ms, 2500ms, 300ms, 2700ms, 3s, 1s, 1s}, {.until_beep = true}).kind == Kind::ivr);
}

TEST_CASE("in doubt it is a person") {
  CHECK(Answerer{}.maybe_human());
  CHECK(Answerer{.kind = Kind::human}.maybe_human());
  CHECK_FALSE(Answerer{.kind = Kind::machine}.maybe_human());
}

TEST_CASE("who answers for a company at length and then waits is taken for a person, not for sure") {
  const Answerer answerer = verdict_on({200ms, 1500ms, 300ms, 1500ms, 3s}, {.until_beep = true});

  CHECK(answerer.kind == Kind::human);
  CHECK(answerer.confidence < 0.6);
}

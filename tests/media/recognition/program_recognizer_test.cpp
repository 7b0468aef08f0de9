// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/media/recognizer.hpp"

using namespace vcsr;

namespace {

Recognized recognized_by(const std::string& script, const Grammar& grammar = {}) {
  const auto recognizer = make_program_recognizer({"sh", "-c", script, "sh", "{language}", "{jsgf}"});
  const auto recognition = recognizer->start(grammar, "en");
  recognition->feed(std::vector<std::int16_t>(800, 1000));
  recognition->feed(std::vector<std::int16_t>(800, 1000));
  return recognition->result();
}

}  // namespace

TEST_CASE("a program's first line is what was said, with its confidence after a tab") {
  const Recognized said = recognized_by("printf 'my balance\\t0.87\\nsecond line\\n'");

  CHECK(said.text == "my balance");
  CHECK(said.confidence == doctest::Approx(0.87));
}

TEST_CASE("a program that knows no confidence is half believed, and silence not at all") {
  CHECK(recognized_by("echo yes").confidence == doctest::Approx(0.5));
  CHECK(recognized_by("echo").text.empty());
  CHECK(recognized_by("echo").confidence == 0);
  CHECK(recognized_by("printf 'yes\\t7\\n'").confidence == 1);
}

TEST_CASE("a program is given all the audio as a WAV file, the language and the grammar") {
  CHECK(recognized_by("head -c 4").text == "RIFF");
  CHECK(recognized_by("wc -c | tr -d ' '").text == "3244");
  CHECK(recognized_by("echo $1").text == "en");
  CHECK(recognized_by("cat $2", Grammar::phrases({"yes", "no"})).text ==
        "#JSGF V1.0; grammar phrases; public <phrase> = yes | no;");
  CHECK(recognized_by("echo [$2]").text == "[]");
}

TEST_CASE("a program that fails says why") {
  CHECK_THROWS_WITH_AS(recognized_by("echo no model >&2; exit 3"), "sh: ended with status 3: no model",
                       Error);
  CHECK_THROWS_WITH_AS(make_program_recognizer({}),
                       "speech recognition: expected a program and its arguments", Error);
}

// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <doctest/doctest.h>

#include "media/level.hpp"
#include "temporary_folder.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/speech.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

struct Fault {
  Error::Code code;
  std::string message;
};

Fault fault_of(Synthesizer& synthesizer, const std::string& language = "en") {
  try {
    synthesizer.speak("hello", language);
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  FAIL("was said");
  return {};
}

/// A program of ours in espeak-ng's place.
std::string script(const TemporaryFolder& folder, const std::string& text) {
  const std::string path = folder.write("speak", "#!/bin/sh\n" + text + "\n");
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool same(const Sound& a, const Sound& b) {
  return std::equal(a.samples().begin(), a.samples().end(), b.samples().begin(), b.samples().end());
}

}  // namespace

TEST_CASE("English and Chinese are spoken at the telephone's rate and a fit level") {
  const auto espeak = make_espeak_synthesizer();
  const std::pair<const char*, const char*> cases[] = {{"Please press one for your balance.", "en"},
                                                       {"查询余额请按一。", "zh-CN"}};
  for (const auto& each : cases) {
    const Sound sound = espeak->speak(each.first, each.second);
    CAPTURE(each.second);
    CHECK(sound.duration() > 1s);
    CHECK(sound.duration() < 5s);
    CHECK(level_of(sound.samples()) > -24);
    CHECK(level_of(sound.samples()) < -14);
  }
}

TEST_CASE("a dialect without a voice is spoken by its language's") {
  const auto espeak = make_espeak_synthesizer();

  CHECK(same(espeak->speak("guten Tag", "de-AT"), espeak->speak("guten Tag", "de")));
  CHECK_FALSE(same(espeak->speak("hello", "en-GB"), espeak->speak("hello", "en")));
}

TEST_CASE("nothing in a text is an option, a command or a phoneme") {
  const auto espeak = make_espeak_synthesizer();

  CHECK(espeak->speak("--version", "en").duration() > 100ms);
  CHECK(same(espeak->speak("[[h@l'oU]]", "en"), espeak->speak("[ [h@l'oU]]", "en")));
}

TEST_CASE("no words are no sound") {
  const auto espeak = make_espeak_synthesizer("no-such-program");

  CHECK(espeak->speak("", "en").samples().empty());
  CHECK(espeak->speak(" \n", "en").samples().empty());
}

TEST_CASE("a language without a voice is unsupported, by name") {
  const auto espeak = make_espeak_synthesizer();
  for (const char* language : {"xx", "xx-YY", "", "-v en", "../en"}) {
    CAPTURE(language);
    const Fault fault = fault_of(*espeak, language);
    CHECK(fault.code == Error::Code::unsupported);
    CHECK(fault.message == "espeak-ng: has no voice for language \"" + std::string(language) +
                               "\"; those it has are listed by: espeak-ng --voices");
  }
}

TEST_CASE("a missing program is named with the package that has it") {
  const auto espeak = make_espeak_synthesizer("no-such-program");

  const Fault fault = fault_of(*espeak);

  CHECK(fault.code == Error::Code::unavailable);
  CHECK(fault.message ==
        "no-such-program: cannot be started: No such file or directory; speech synthesis needs eSpeak NG: "
        "apt-get install espeak-ng");
  CHECK_THROWS_AS(espeak->name(), Error);
}

TEST_CASE("a program that fails is quoted") {
  const TemporaryFolder folder;
  const auto failing = make_espeak_synthesizer(script(folder, "echo out of memory >&2; exit 7"));

  const Fault fault = fault_of(*failing);

  CHECK(fault.code == Error::Code::unavailable);
  CHECK(fault.message == (folder / "speak") + ": ended with status 7: out of memory");
}

TEST_CASE("a program that gives no audio is unavailable") {
  const TemporaryFolder folder;
  const auto mumbling = make_espeak_synthesizer(script(folder, "echo mumble"));

  const Fault fault = fault_of(*mumbling);

  CHECK(fault.code == Error::Code::unavailable);
  CHECK(fault.message.find((folder / "speak") + ": expected a RIFF/WAVE file") == 0);
}

TEST_CASE("the program gets the text on its input and the voice as an option") {
  const TemporaryFolder folder;
  const auto recording = make_espeak_synthesizer(
      script(folder, "cat > " + (folder / "input") + "; echo \"$@\" > " + (folder / "options")));

  CHECK_THROWS_AS(recording->speak("say\tthis", "zh"), Error);

  CHECK(content_of(folder / "input") == "say this");
  CHECK(content_of(folder / "options") == "-v cmn -s 150 -b 1 --stdin --stdout\n");
}

TEST_CASE("the name tells engine and version") {
  CHECK(make_espeak_synthesizer()->name().find("eSpeak NG text-to-speech: 1.") == 0);
  CHECK(make_espeak_synthesizer()->name().find("Data at") == std::string::npos);
}

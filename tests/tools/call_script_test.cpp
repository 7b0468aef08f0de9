// SPDX-License-Identifier: Apache-2.0
#include "tools/call_script.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"
#include "vcsr/media/tone.hpp"
#include "vcsr/media/wav.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

using Kind = Step::Kind;

std::vector<Step> caller(const char* text) {
  return parse_call_script(text, "a.call", "/", ScriptRole::caller);
}
std::vector<Step> phone(const char* text) {
  return parse_call_script(text, "a.call", "/", ScriptRole::phone);
}

std::string fault_of(const char* text, ScriptRole role) {
  try {
    parse_call_script(text, "a.call", "/", role);
  } catch (const Error& error) {
    return error.what();
  }
  return "no fault";
}

}  // namespace

TEST_CASE("a caller's script becomes steps") {
  const std::vector<Step> steps = caller(R"(
    say "hello" in zh
    tone 440 2s
    wait 500ms
    digits 12#
    expect voice within 5s
    expect silence 2s
    expect tone 425 within 1min
    expect digits 7
    hold
    retrieve
    refer sip:1002
    expect hangup within 20s
  )");

  REQUIRE(steps.size() == 12);
  CHECK(steps[0].text == "hello");
  CHECK(steps[0].language == "zh");
  CHECK(steps[1].frequency == 440);
  CHECK(steps[1].length == 2s);
  CHECK(steps[2].length == 500ms);
  CHECK(steps[3].text == "12#");
  CHECK(steps[4].kind == Kind::expect_voice);
  CHECK(steps[4].within == 5s);
  CHECK(steps[5].length == 2s);
  CHECK(steps[5].within == 10s);
  CHECK(steps[6].frequency == 425);
  CHECK(steps[7].text == "7");
  CHECK(steps[8].kind == Kind::hold);
  CHECK(steps[9].kind == Kind::retrieve);
  CHECK(steps[10].text == "sip:1002");
  CHECK(steps[11].kind == Kind::expect_hangup);
  CHECK(steps[11].line == 13);
  CHECK(steps[11].source == "expect hangup within 20s");
}

TEST_CASE("a telephone rings, answers and talks, or is busy") {
  CHECK(phone("ring 2s; answer; say \"hello\"; hang up").size() == 4);
  CHECK(phone("ring 1s; busy").at(1).kind == Kind::busy);
  CHECK(phone("ring 1s; expect hangup within 30s").size() == 2);
}

TEST_CASE("a WAV file beside the script is played") {
  const auto folder = std::filesystem::temp_directory_path() / "vcsr-call-script";
  std::filesystem::create_directories(folder);
  write_wav((folder / "hello.wav").string(), {.samples = std::vector<std::int16_t>(800, 1000)});

  const auto steps = parse_call_script("play hello.wav", "a.call", folder.string(), ScriptRole::caller);

  CHECK(steps.at(0).sound->duration() == 100ms);
  std::filesystem::remove_all(folder);
}

TEST_CASE("the frequencies to listen for are listed once each") {
  CHECK(frequencies_of(caller("expect tone 440; expect tone 425; expect tone 440; tone 600 1s")) ==
        std::vector{440, 425});
}

TEST_CASE("a fault in a script names its line and what was expected") {
  struct Case {
    const char* text;
    const char* fault;
  };
  const Case cases[] = {
      {"wait 2s\nsya \"a\"", "a.call:2: unknown step \"sya\"; did you mean \"say\"?"},
      {"dance", "a.call:1: unknown step \"dance\""},
      {"say", "a.call:1: expected the words to say, in quotes, after \"say\""},
      {"say \"a", "a.call:1: a quote is not closed"},
      {"say hello world", "a.call:1: did not expect \"world\" after \"hello\""},
      {"wait 2", "a.call:1: expected a duration such as \"2s\" after \"wait\", got \"2\""},
      {"wait", "a.call:1: expected a duration such as \"2s\" after \"wait\""},
      {"digits 12x", "a.call:1: expected digits 0-9 * # A-D, got \"12x\""},
      {"digits # pound", "a.call:1: expected digits after \"digits\""},
      {"tone 9000 1s", "a.call:1: expected a frequency from 50 to 3900 Hz after \"tone\", got \"9000\""},
      {"tone 440 11min", "a.call:1: a tone lasts at most 10min, not \"11min\""},
      {"expect music",
       "a.call:1: expected voice, silence, tone, digits or hangup after \"expect\", got \"music\""},
      {"hang on", "a.call:1: expected \"up\" after \"hang\""},
      {"hang up; wait 1s", "a.call:1: nothing can follow \"hang up\""},
      {"answer", "a.call:1: only a telephone that is called can \"answer\""},
      {"wait 1\nwait 2",
       "a.call:1: expected a duration such as \"2s\" after \"wait\", got \"1\"\n"
       "a.call:2: expected a duration such as \"2s\" after \"wait\", got \"2\""},
  };

  for (const Case& row : cases) CHECK(fault_of(row.text, ScriptRole::caller) == row.fault);
}

TEST_CASE("a telephone cannot talk before it answers, nor ring after") {
  CHECK(fault_of("ring 1s; say \"a\"", ScriptRole::phone) ==
        "a.call:1: \"say \"a\"\" needs \"answer\" before it");
  CHECK(fault_of("answer; ring 1s", ScriptRole::phone) ==
        "a.call:1: \"ring 1s\" comes too late: the call is answered");
}

TEST_CASE("a sound file that is not there is named with the line") {
  const std::string fault = fault_of("wait 1s\nplay missing.wav", ScriptRole::caller);

  CHECK(fault.starts_with("a.call:2: "));
  CHECK(fault.find("/missing.wav") != std::string::npos);
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "core/ask.hpp"

#include <optional>

#include "core/world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// Serves a caller who presses 1 at once, and tells when the question was over.
struct Asked {
  explicit Asked(Prompt question) {
    world.center.serve("8000", [this, question](Call call) -> Task<> {
      co_await call.answer();
      const Heard heard = co_await call.ask(question);
      pressed = heard.text;
      took = world.loop.now() - began;
    });
    world.caller("anna", [this](SimParty anna) -> Task<> {
      co_await anna.answered();
      began = world.loop.now();
      anna.press("1");
      co_await anna.ended();
      all = anna.heard();
    });
    world.loop.run_for(1min);
  }

  World world;
  Timestamp began{};
  Duration took{};
  std::string pressed;
  std::vector<std::string> all;
};

}  // namespace

TEST_CASE("a notice that must be heard is not cut short by an early answer, the question after it is") {
  const Asked plain(Prompt("welcome") + "menu"), whole(Prompt("welcome").whole() + "menu");

  CHECK(plain.pressed == "1");
  CHECK(plain.took < 500ms);
  CHECK(whole.pressed == "1");
  CHECK(whole.took > 1s);
  CHECK(whole.took < 2s);
  CHECK(whole.all == std::vector<std::string>{"Welcome to the bank."});
}

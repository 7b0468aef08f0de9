// SPDX-License-Identifier: Apache-2.0
#include "media/prompt/slots.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;

namespace {

std::string fault_in(std::string_view text) {
  try {
    split_slots(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("slots are filled where they stand, as often as they stand") {
  const std::map<std::string, Spoken> values = {{"name", "Li"}, {"count", Spoken::number(2)}};

  CHECK(fill_slots("p", "{name} has {count}, {name}", values, "en") == "Li has two, Li");
  CHECK(fill_slots("p", "{count}{name}", values, "zh") == "二Li");
  CHECK(fill_slots("p", "plain", {}, "en") == "plain");
  CHECK(fill_slots("p", "", {}, "en").empty());
}

TEST_CASE("a value is not searched for slots") {
  CHECK(fill_slots("p", "{a}", {{"a", "{b}"}}, "en") == "{b}");
}

TEST_CASE("braces that name no slot are faults") {
  CHECK(fault_in("a {b") == "'{' without '}'; slots are written \"{name}\"");
  CHECK(fault_in("a } b") == "'}' without '{'; slots are written \"{name}\"");
  CHECK(fault_in("a {} b") == "\"{}\" names no slot; slots are written \"{name}\"");
  CHECK(fault_in("a {b {c}") == "\"{b {c}\" names no slot; slots are written \"{name}\"");
}

TEST_CASE("a slot without a value is named with its prompt") {
  CHECK_THROWS_WITH_AS(
      fill_slots("balance", "It is {amount}.", {}, "en"),
      "prompt \"balance\" (en): slot {amount} has no value; give it with .with(\"amount\", …)", Error);
}

TEST_CASE("a value without a slot is named with its prompt") {
  CHECK_THROWS_WITH_AS(fill_slots("balance", "It is {amount}.", {{"amount", "1"}, {"sum", "2"}}, "en"),
                       "prompt \"balance\" (en): its text has no slot {sum}; the text is \"It is {amount}.\"",
                       Error);
}

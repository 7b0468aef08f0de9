// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/types.hpp"

#include <doctest/doctest.h>

#include "rules/dmn_text.hpp"
#include "thrown.hpp"

using namespace vcsr;
using dmn::literal;

namespace {

const std::string types =
    "<itemDefinition "
    "name=\"tAge\"><typeRef>number</typeRef><allowedValues><text>[0..150]</text></allowedValues>"
    "</itemDefinition>"
    "<itemDefinition name=\"tPerson\"><itemComponent name=\"name\"><typeRef>string</typeRef></itemComponent>"
    "<itemComponent name=\"age\"><typeRef>tAge</typeRef></itemComponent></itemDefinition>"
    "<itemDefinition name=\"tFew\" isCollection=\"true\"><typeRef>tAge</typeRef><typeConstraint>"
    "<text>count(?) &lt; 3</text></typeConstraint></itemDefinition>"
    "<itemDefinition name=\"tDay\"><typeRef>date</typeRef></itemDefinition>";

Decision decide(const std::string& type, const Value& value, RuleMode mode = RuleMode::strict) {
  return dmn::parsed(types + dmn::input("v", type) + dmn::decision("d", dmn::needs_input("v") + literal("v")),
                     mode)
      .decide("d", {{"v", value}});
}

std::string refusal(const std::string& type, const Value& value) {
  return thrown(Error::Code::invalid, [&] { decide(type, value); });
}

}  // namespace

TEST_CASE("an input is of its type, with what the type allows") {
  CHECK(decide("tAge", 42).value == Value(42));
  CHECK(decide("tAge", Value()).value == Value());
  CHECK(decide("tPerson", Facts{{"name", "Ann"}, {"age", 3}}).value ==
        Value(Facts{{"name", "Ann"}, {"age", 3}}));
  CHECK(decide("tFew", Value::List{1, 2}).value == Value(Value::List{1, 2}));

  CHECK(refusal("tAge", "x") == "decision 'd': input 'v': expected a number or null, got \"x\"");
  CHECK(refusal("tAge", 151) == "decision 'd': input 'v': expected one of [0..150], got 151");
  CHECK(refusal("tPerson", Facts{{"name", "Ann"}, {"age", -1}}) ==
        "decision 'd': input 'v': age: expected one of [0..150], got -1");
  CHECK(refusal("tFew", Value::List{1, 200}) == "decision 'd': input 'v': expected one of [0..150], got 200");
  CHECK(refusal("tFew", Value::List{1, 2, 3}) ==
        "decision 'd': input 'v': expected what count(?) < 3 holds for, got [1,2,3]");
}

TEST_CASE("in spec mode what a type refuses is null") {
  CHECK(decide("tAge", 151, RuleMode::spec).value == Value());
  CHECK(decide("tAge", "x", RuleMode::spec).value == Value());
  CHECK_FALSE(decide("tAge", 151, RuleMode::spec).reason.empty());
}

TEST_CASE("texts are dates where the type says so") {
  CHECK(decide("tDay", "2027-01-31").value == Value("2027-01-31"));
  CHECK(refusal("tDay", "31.1.2027") ==
        "decision 'd': input 'v': expected a value of the type date or null, got \"31.1.2027\"");
}

TEST_CASE("a type that holds itself is taken") {
  CHECK_NOTHROW(
      dmn::parsed("<itemDefinition name=\"tTree\"><itemComponent name=\"branches\" "
                  "isCollection=\"true\"><typeRef>tTree</typeRef>"
                  "</itemComponent></itemDefinition>"));
}

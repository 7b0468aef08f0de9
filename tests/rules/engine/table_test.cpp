// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/table.hpp"

#include <doctest/doctest.h>

#include "rules/dmn_text.hpp"
#include "thrown.hpp"

using namespace vcsr;

namespace {

/// What a table over n (a number) with one output says: rows 1 to 3 match n >= 1, n >= 2 and n >= 3.
std::string staircase(const std::string& policy, const std::vector<std::string>& results,
                      const std::string& output = "<output/>") {
  return dmn::decision("d",
                       "<decisionTable " + policy + ">" + dmn::column("n", "number") + output +
                           dmn::rows({{">= 1", results[0]}, {">= 2", results[1]}, {">= 3", results[2]}}, 1) +
                           "</decisionTable>");
}

Value decide(const std::string& table, int n, RuleMode mode = RuleMode::strict) {
  return dmn::parsed(dmn::input("n", "number") + table, mode).decide("d", {{"n", n}}).value;
}

std::string with_need(const std::string& table) {
  std::string text = table;
  return text.insert(text.find("<decisionTable"), dmn::needs_input("n"));
}

using List = Value::List;

}  // namespace

TEST_CASE("each hit policy takes the rules that it says") {
  const std::string ordered = "<output><outputValues><text>\"c\",\"a\",\"b\"</text></outputValues></output>";
  const std::vector<std::string> letters = {"\"a\"", "\"b\"", "\"c\""};

  CHECK(decide(staircase("hitPolicy=\"UNIQUE\"", letters), 1) == Value("a"));
  CHECK(decide(staircase("hitPolicy=\"FIRST\"", letters), 3) == Value("a"));
  CHECK(decide(staircase("hitPolicy=\"ANY\"", {"7", "7.0", "7"}), 3) == Value(7));
  CHECK(decide(staircase("hitPolicy=\"PRIORITY\"", letters, ordered), 2) == Value("a"));
  CHECK(decide(staircase("hitPolicy=\"PRIORITY\"", letters, ordered), 3) == Value("c"));
  CHECK(decide(staircase("hitPolicy=\"RULE ORDER\"", letters), 2) == Value(List{"a", "b"}));
  CHECK(decide(staircase("hitPolicy=\"OUTPUT ORDER\"", letters, ordered), 3) == Value(List{"c", "a", "b"}));
  CHECK(decide(staircase("hitPolicy=\"COLLECT\"", letters), 2) == Value(List{"a", "b"}));
}

TEST_CASE("COLLECT sums, counts and finds the least and the greatest") {
  const auto collected = [](const std::string& aggregation, int n) {
    return decide(staircase("hitPolicy=\"COLLECT\" aggregation=\"" + aggregation + "\"", {"2", "0.5", "4"}),
                  n);
  };

  CHECK(collected("SUM", 3) == Value(6.5));
  CHECK(collected("COUNT", 3) == Value(3));
  CHECK(collected("COUNT", 0) == Value(0));
  CHECK(collected("MIN", 3) == Value(0.5));
  CHECK(collected("MAX", 2) == Value(2));
  CHECK(collected("MAX", 3) == Value(4));
}

TEST_CASE("where no rule matches, the default is the result, or null") {
  const std::string otherwise =
      "<output><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry></output>";
  const std::vector<std::string> letters = {"\"a\"", "\"b\"", "\"c\""};

  CHECK(decide(staircase("", letters, otherwise), 0) == Value("none"));
  CHECK(decide(staircase("", letters), 0) == Value());
  const Decision decision =
      dmn::parsed(dmn::input("n", "number") + staircase("", letters)).decide("d", {{"n", 0}});
  CHECK_FALSE(decision.matched());
  CHECK(decision.outputs.empty());
}

TEST_CASE("rules that contradict the hit policy are an error, or null in spec mode") {
  const std::vector<std::string> letters = {"\"a\"", "\"b\"", "\"c\""};
  const auto message = [](const std::string& table) {
    return thrown(Error::Code::invalid, [&table] { decide(table, 2); });
  };

  CHECK(message(staircase("", letters)) ==
        "decision 'd': rule '1' (row 1) and rule '2' (row 2) both match, but the hit policy is UNIQUE");
  CHECK(message(staircase("hitPolicy=\"ANY\"", letters)) ==
        "decision 'd': rule '1' (row 1) and rule '2' (row 2) match with different results, but the hit "
        "policy is "
        "ANY");
  CHECK(decide(with_need(staircase("", letters)), 2, RuleMode::spec) == Value());
  CHECK(decide(with_need(staircase("", letters)), 1, RuleMode::spec) == Value("a"));
}

TEST_CASE("several outputs are a context, ordered by all of their values") {
  const std::string outputs =
      "<output name=\"a\" typeRef=\"string\"><outputValues><text>\"x\",\"y\"</text></outputValues></output>"
      "<output name=\"b\" typeRef=\"number\"><outputValues><text>2,1</text></outputValues></output>";
  const auto table = [&outputs](const std::string& policy) {
    return dmn::decision(
        "d", "<decisionTable hitPolicy=\"" + policy + "\">" + dmn::column("n", "number") + outputs +
                 dmn::rows({{"-", "\"y\"", "2"}, {"-", "\"x\"", "1"}, {"-", "\"x\"", "2"}}, 1) +
                 "</decisionTable>");
  };
  const Facts first = {{"a", "x"}, {"b", 2}}, second = {{"a", "x"}, {"b", 1}}, third = {{"a", "y"}, {"b", 2}};

  CHECK(decide(table("PRIORITY"), 0) == Value(first));
  CHECK(decide(table("OUTPUT ORDER"), 0) == Value(List{first, second, third}));
  CHECK(decide(table("COLLECT"), 0) == Value(List{third, second, first}));
}

TEST_CASE("the order of priorities may be said by the result's type") {
  const std::string type =
      "<itemDefinition name=\"tRisk\"><typeRef>string</typeRef><allowedValues><text>\"high\",\"low\"</text>"
      "</allowedValues></itemDefinition>";
  const std::string table =
      "<decision name=\"d\"><variable name=\"d\" typeRef=\"tRisk\"/><decisionTable hitPolicy=\"PRIORITY\">" +
      dmn::column("n", "number") + "<output/>" + dmn::rows({{"-", "\"low\""}, {"> 1", "\"high\""}}, 1) +
      "</decisionTable></decision>";

  CHECK(decide(type + table, 1) == Value("low"));
  CHECK(decide(type + table, 2) == Value("high"));
}

TEST_CASE("a cell that has no result names its row and column") {
  const std::string table =
      dmn::decision("d", "<decisionTable hitPolicy=\"FIRST\">" + dmn::column("n") + "<output name=\"o\"/>\n" +
                             dmn::rows({{"> 5", "1 + \"a\""}, {"-", "2"}}, 1) + "</decisionTable>");
  const RuleSet rules = dmn::parsed("<inputData name=\"n\" id=\"n\"/>" + table);

  const auto message = [&rules](const Value& n) {
    return thrown(Error::Code::invalid, [&] { rules.decide("d", {{"n", n}}); });
  };

  CHECK(message(6).starts_with("x.dmn:3: decision 'd': row 1, column 'o': "));
  CHECK(message(Value()).starts_with("x.dmn:3: decision 'd': row 1, column 'n': "));
  CHECK(rules.decide("d", {{"n", 5}}).value == Value(2));
}

TEST_CASE("what a column's type or allowed values refuse is told with what was expected") {
  const std::string table = dmn::decision("d",
                                          "<decisionTable><input><inputExpression "
                                          "typeRef=\"string\"><text>n</text></inputExpression><inputValues>"
                                          "<text>\"a\",\"b\"</text></inputValues></input><output/>" +
                                              dmn::rows({{"\"a\"", "1"}}, 1) + "</decisionTable>");
  const RuleSet rules = dmn::parsed("<inputData name=\"n\" id=\"n\"/>" + table);

  const auto message = [&rules](const Value& n) {
    return thrown(Error::Code::invalid, [&] { rules.decide("d", {{"n", n}}); });
  };

  CHECK(message("c") == "decision 'd': input 'n': expected one of \"a\",\"b\", got \"c\"");
  CHECK(message(1) == "decision 'd': input 'n': expected a string or null, got 1");
}

// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/graph.hpp"

#include <doctest/doctest.h>

#include "rules/dmn_text.hpp"
#include "thrown.hpp"

using namespace vcsr;
using dmn::literal;

namespace {

const std::string twice =
    "<businessKnowledgeModel name=\"twice\" id=\"twice\"><encapsulatedLogic><formalParameter name=\"x\" "
    "typeRef=\"number\"/>" +
    literal("x * 2") + "</encapsulatedLogic></businessKnowledgeModel>";

std::string faults(const std::string& inside) {
  return thrown(Error::Code::invalid, [&inside] { dmn::parsed(inside); });
}

}  // namespace

TEST_CASE("a decision takes what it requires: inputs, decisions and knowledge") {
  const RuleSet rules =
      dmn::parsed(dmn::input("monthly pay", "number") +
                  dmn::decision("yearly pay", dmn::needs_input("monthly pay") + literal("monthly pay * 12")) +
                  dmn::decision("doubled", dmn::needs_decision("yearly pay") + dmn::needs_knowledge("twice") +
                                               literal("twice(yearly pay)")) +
                  twice);

  CHECK(rules.decide("doubled", {{"monthly pay", 100}}).value == Value(2400));
  CHECK(rules.inputs("doubled") == std::vector<std::string>{"monthly pay"});
  CHECK(rules.decisions() == std::vector<std::string>{"yearly pay", "doubled"});
}

TEST_CASE("a decision that several require is evaluated once") {
  std::string chain = dmn::decision("d0", dmn::needs_input("n") + literal("n + 1"));
  for (int i = 1; i <= 40; ++i) {
    const std::string before = "d" + std::to_string(i - 1);
    // Twice as many evaluations with each decision, were they not kept: 2^40.
    chain +=
        dmn::decision("d" + std::to_string(i),
                      dmn::needs_decision(before) + dmn::needs_decision(before) + literal(before + " + 1"));
  }

  CHECK(dmn::parsed(dmn::input("n", "number") + chain).decide("d40", {{"n", 0}}).value == Value(41));
}

TEST_CASE("a decision service is a function of its input data and input decisions") {
  const RuleSet rules = dmn::parsed(
      dmn::input("a", "number") + dmn::decision("b", dmn::needs_input("a") + literal("a + 1")) +
      dmn::decision("c", dmn::needs_decision("b") + dmn::needs_input("a") + literal("a * 10 + b")) +
      "<decisionService name=\"s\" id=\"s\"><outputDecision href=\"#c\"/><inputDecision href=\"#b\"/>"
      "<inputData href=\"#a\"/></decisionService>" +
      dmn::decision("asked", dmn::needs_knowledge("s") + literal("s(3, 4)")) +
      dmn::decision("by name", dmn::needs_knowledge("s") + literal("s(b: 4, a: 3)")));

  CHECK(rules.decide("asked", {}).value == Value(34));
  CHECK(rules.decide("by name", {}).value == Value(34));
}

TEST_CASE("what another document has is known by its import's name") {
  const std::string other =
      dmn::document("<itemDefinition name=\"tAge\"><typeRef>number</typeRef></itemDefinition>" + twice +
                        dmn::input("base", "number") +
                        dmn::decision("start value", dmn::needs_input("base") + literal("base")),
                    "urn:other");
  const std::string own = dmn::document(
      "<import name=\"lib\" namespace=\"urn:other\" "
      "importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>"
      "<inputData name=\"age\" id=\"age\"><variable name=\"age\" typeRef=\"lib.tAge\"/></inputData>" +
      dmn::decision("d", dmn::needs_input("age") +
                             "<informationRequirement><requiredDecision href=\"urn:other#start value\"/>"
                             "</informationRequirement><knowledgeRequirement><requiredKnowledge "
                             "href=\"urn:other#twice\"/></knowledgeRequirement>" +
                             literal("lib.twice(age) + lib.start value")));

  const RuleSet rules = RuleSet::parse(own, "own.dmn", {.imports = {other}});
  CHECK(rules.decide("d", {{"age", 20}, {"base", 2}}).value == Value(42));
  CHECK(rules.decisions() == std::vector<std::string>{"d"});
  CHECK(
      thrown(Error::Code::invalid, [&own] { RuleSet::parse(own, "own.dmn"); })
          .starts_with("own.dmn:2: import 'lib': no document of the namespace 'urn:other' is there; give it "
                       "too"));
}

TEST_CASE("each import of a document may be given inputs of its own") {
  const std::string import_type = "importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"";
  const std::string base =
      dmn::document(dmn::input("name", "string") +
                        dmn::decision("hello", dmn::needs_input("name") + literal("\"hello \" + name")),
                    "urn:base");
  const auto middle = [&](const std::string& space) {
    return dmn::document("<import name=\"base\" namespace=\"urn:base\" " + import_type + "/>" +
                             dmn::decision("say",
                                           "<informationRequirement><requiredDecision "
                                           "href=\"urn:base#hello\"/></informationRequirement>" +
                                               literal("base.hello")),
                         space);
  };
  const auto needs = [](const std::string& space) {
    return "<informationRequirement><requiredDecision href=\"" + space + "#say\"/></informationRequirement>";
  };
  const std::string own = dmn::document(
      "<import name=\"one\" namespace=\"urn:one\" " + import_type +
      "/><import name=\"two\" namespace=\"urn:two\" " + import_type + "/>" +
      dmn::decision("d", needs("urn:one") + needs("urn:two") + literal("one.say + \", \" + two.say")));
  const RuleSet rules =
      RuleSet::parse(own, "own.dmn", {.imports = {middle("urn:one"), middle("urn:two"), base}});

  const auto named = [](const char* name) { return Facts{{"base", Facts{{"name", name}}}}; };

  CHECK(rules.decide("d", {{"one", named("Ann")}, {"two", named("Bo")}}).value ==
        Value("hello Ann, hello Bo"));
  CHECK(rules.decide("d", {{"name", "Cy"}}).value == Value("hello Cy, hello Cy"));
}

TEST_CASE("all that is wrong with a graph is told at once") {
  const std::string message = faults(dmn::decision("a", "\n" + dmn::needs_input("nothing") + literal("1 +")) +
                                     dmn::decision("b", "\n" + literal("unheard + 1"), "tNothing"));

  CHECK(message.find("decision 'a': what it requires, '#nothing', is not there") != std::string::npos);
  CHECK(message.find("decision 'a': line 1, column ") != std::string::npos);
  CHECK(message.find("decision 'b': there is no type 'tNothing'") != std::string::npos);
  CHECK(message.find("is not known here; add a requirement for it, or put a text in quotes") !=
        std::string::npos);
}

TEST_CASE("decisions that require one another are refused in both modes") {
  const std::string circle = dmn::decision("a", dmn::needs_decision("b") + literal("b")) +
                             dmn::decision("b", dmn::needs_decision("a") + literal("a"));

  CHECK(faults(circle) ==
        "x.dmn:2: decision 'a': decisions require one another in a circle: 'a' -> 'b' -> 'a'");
  CHECK(thrown(Error::Code::invalid, [&circle] { dmn::parsed(circle, RuleMode::spec); }) == faults(circle));
}

TEST_CASE("two decisions of one name or id are refused") {
  CHECK(faults(dmn::decision("a", literal("1")) + dmn::decision("a", literal("2"))) ==
        "x.dmn:3: decision 'a': there is another of this name\n"
        "x.dmn:3: decision 'a': there is another element of the id 'a'");
}

TEST_CASE("in spec mode what cannot be understood is null, with its reason") {
  const RuleSet rules = dmn::parsed(
      dmn::decision("bad", literal("1 +")) + dmn::decision("none", "") + dmn::decision("good", literal("2")),
      RuleMode::spec);

  CHECK(rules.decide("good", {}).value == Value(2));
  CHECK(rules.decide("bad", {}).value == Value());
  CHECK(rules.decide("none", {}).reason == "the decision has no logic");
}

TEST_CASE("knowledge that calls itself ends at a limit") {
  const std::string loop =
      "<businessKnowledgeModel name=\"f\" id=\"f\"><encapsulatedLogic><formalParameter name=\"x\"/>" +
      literal("f(x + 1)") +
      "</encapsulatedLogic><knowledgeRequirement><requiredKnowledge href=\"#f\"/></knowledgeRequirement>"
      "</businessKnowledgeModel>" +
      dmn::decision("d", dmn::needs_knowledge("f") + literal("f(1)"));

  CHECK(thrown(Error::Code::refused, [&loop] { dmn::parsed(loop).decide("d", {}); }) != "nothing was thrown");
}

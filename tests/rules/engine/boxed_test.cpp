// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/boxed.hpp"

#include <doctest/doctest.h>

#include "rules/dmn_text.hpp"
#include "thrown.hpp"

using namespace vcsr;
using dmn::literal;

namespace {

Value decide(const std::string& logic, const std::string& type = "") {
  return dmn::parsed(dmn::decision("d", logic, type)).decide("d", {}).value;
}

std::string entry(const std::string& name, const std::string& expression, const std::string& type = "") {
  return "<contextEntry><variable name=\"" + name + "\" typeRef=\"" + type + "\"/>" + expression +
         "</contextEntry>";
}

using List = Value::List;

}  // namespace

TEST_CASE("entries of a context are known to those after them") {
  const std::string entries = entry("pay rate", literal("2")) + entry("hours", literal("pay rate * 3"));

  CHECK(decide("<context>" + entries + "</context>") == Value(Facts{{"pay rate", 2}, {"hours", 6}}));
  CHECK(decide("<context>" + entries + "<contextEntry>" + literal("hours + 1") +
               "</contextEntry></context>") == Value(7));
}

TEST_CASE("an entry is of its type") {
  CHECK(decide("<context>" + entry("a", literal("[5]"), "number") + "</context>") == Value(Facts{{"a", 5}}));
  CHECK(thrown(Error::Code::invalid, [] {
          decide("<context>" + entry("a", literal("\"x\""), "number") + "</context>");
        }).starts_with("x.dmn:2: decision 'd': entry 'a': "));
}

TEST_CASE("lists and relations are lists of values and of contexts") {
  CHECK(decide("<list>" + literal("1") + literal("\"a\"") + "</list>") == Value(List{1, "a"}));
  CHECK(decide("<relation><column name=\"a\"/><column name=\"b\"/><row>" + literal("1") + literal("2") +
               "</row><row>" + literal("3") + literal("4") + "</row></relation>") ==
        Value(List{Facts{{"a", 1}, {"b", 2}}, Facts{{"a", 3}, {"b", 4}}}));
}

TEST_CASE("a function is invoked with its parameters by name, and sees what surrounds it") {
  const std::string function =
      "<functionDefinition><formalParameter name=\"x\" typeRef=\"number\"/><formalParameter name=\"y\"/>" +
      literal("x - y + base") + "</functionDefinition>";
  const std::string invocation = "<invocation>" + literal("f") + "<binding><parameter name=\"y\"/>" +
                                 literal("1") + "</binding><binding><parameter name=\"x\"/>" + literal("10") +
                                 "</binding></invocation>";

  CHECK(decide("<context>" + entry("base", literal("100")) + entry("f", function) + "<contextEntry>" +
               invocation + "</contextEntry></context>") == Value(109));
  CHECK(decide("<invocation>" + literal("abs") + "<binding><parameter name=\"n\"/>" + literal("-3") +
               "</binding></invocation>") == Value(3));
}

TEST_CASE("a conditional takes one of two") {
  const auto conditional = [](const std::string& condition) {
    return "<conditional><if>" + literal(condition) + "</if><then>" + literal("\"yes\"") + "</then><else>" +
           literal("\"no\"") + "</else></conditional>";
  };

  CHECK(decide(conditional("1 < 2")) == Value("yes"));
  CHECK(decide(conditional("1 > 2")) == Value("no"));
  CHECK(decide(conditional("null")) == Value("no"));
  CHECK(thrown(Error::Code::invalid, [&] { decide(conditional("1")); }) ==
        "x.dmn:2: decision 'd': the condition is a number, not a boolean");
}

TEST_CASE("iterations go through lists") {
  const auto over = [](const std::string& kind, const std::string& body, const std::string& feel) {
    return "<" + kind + " iteratorVariable=\"i\"><in>" + literal("[1,2,3]") + "</in><" + body + ">" +
           literal(feel) + "</" + body + "></" + kind + ">";
  };

  CHECK(decide(over("for", "return", "i * i")) == Value(List{1, 4, 9}));
  CHECK(decide(over("for", "return", "i + count(partial)")) == Value(List{1, 3, 5}));
  CHECK(decide(over("some", "satisfies", "i > 2")) == Value(true));
  CHECK(decide(over("every", "satisfies", "i > 2")) == Value(false));
}

TEST_CASE("a filter keeps what matches, by FEEL or by another boxed expression") {
  const std::string in = "<filter><in>" + literal("[{a: 1}, {a: 2}, {a: 3}]") + "</in><match>";
  const std::string boxed = "<conditional><if>" + literal("item.a = 2") + "</if><then>" + literal("true") +
                            "</then><else>" + literal("false") + "</else></conditional>";

  CHECK(decide(in + literal("a >= 2") + "</match></filter>") ==
        Value(List{Facts{{"a", 2}}, Facts{{"a", 3}}}));
  CHECK(decide(in + boxed + "</match></filter>") == Value(List{Facts{{"a", 2}}}));
}

TEST_CASE("functions in Java are called where they are known without one") {
  const auto java = [](const std::string& name, const std::string& kind = "Java") {
    const std::string mapping = entry("class", literal("\"java.lang.Math\"")) +
                                entry("method signature", literal("\"" + name + "(double, double)\""));
    return "<context>" +
           entry("f", "<functionDefinition kind=\"" + kind +
                          "\"><formalParameter name=\"x\"/><formalParameter name=\"y\"/><context>" + mapping +
                          "</context></functionDefinition>") +
           "<contextEntry>" + literal("f(1, 2)") + "</contextEntry></context>";
  };

  CHECK(decide(java("max")) == Value(2));
  CHECK(thrown(Error::Code::invalid, [&] {
          decide(java("explode"));
        }).starts_with("x.dmn:2: decision 'd': entry 'f': "));
  CHECK(thrown(Error::Code::invalid, [&] { decide(java("max", "PMML")); }) ==
        "x.dmn:2: decision 'd': entry 'f': functions in PMML are not supported");
}

// SPDX-License-Identifier: Apache-2.0
#include "rules/tck/test_cases.hpp"

#include <doctest/doctest.h>

#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::rules::tck;

namespace {

std::string cases(const std::string& inside) {
  return "<testCases xmlns=\"http://www.omg.org/spec/DMN/20160719/testcase\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
         "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><modelName>m.dmn</modelName>\n" +
         inside + "</testCases>";
}

feel::Value value(const std::string& inside) {
  const TestCases read = read_test_cases(
      cases("<testCase id=\"1\"><inputNode name=\"n\">" + inside + "</inputNode></testCase>"), "t.xml");
  return read.cases.at(0).inputs.at(0).value;
}

std::string simple(const std::string& type, const std::string& text) {
  return "<value xsi:type=\"xsd:" + type + "\">" + text + "</value>";
}

}  // namespace

TEST_CASE("values of test cases are of the type they say") {
  const struct {
    std::string xml;
    const char* text;
    feel::Type::Kind kind;
  } table[] = {
      {simple("string", " a "), " a ", feel::Type::Kind::string},
      {simple("decimal", "1.50"), "1.5", feel::Type::Kind::number},
      {simple("boolean", "true"), "true", feel::Type::Kind::boolean},
      {simple("date", "2027-01-31"), "2027-01-31", feel::Type::Kind::date},
      {simple("time", "10:15:00"), "10:15:00", feel::Type::Kind::time},
      {simple("dateTime", "2027-01-31T10:15:00"), "2027-01-31T10:15:00", feel::Type::Kind::date_and_time},
      {simple("duration", "P1Y"), "P1Y", feel::Type::Kind::years_and_months_duration},
      {simple("duration", "PT1H"), "PT1H", feel::Type::Kind::days_and_time_duration},
      {"<value xsi:nil=\"true\"/>", "null", feel::Type::Kind::null},
      {"<list><item>" + simple("decimal", "1") + "</item><item>" + simple("decimal", "2") + "</item></list>",
       "[1, 2]", feel::Type::Kind::list},
      {"<component name=\"a\">" + simple("decimal", "1") + "</component>", "{a: 1}",
       feel::Type::Kind::context},
  };

  for (const auto& row : table) {
    CAPTURE(row.text);
    const feel::Value read = value(row.xml);
    CHECK(read.is(row.kind));
    CHECK(feel::to_string(read) == row.text);
  }
}

TEST_CASE("a case says what is asked and what is expected") {
  const TestCases read = read_test_cases(
      cases("<testCase id=\"7\" type=\"decisionService\" invocableName=\"s\"><resultNode name=\"a\" "
            "errorResult=\"true\"/><resultNode name=\"b\"><expected>" +
            simple("decimal", "2") + "</expected></resultNode></testCase>"),
      "t.xml");

  CHECK(read.model == "m.dmn");
  const TestCase& test = read.cases.at(0);
  CHECK(test.kind == TestCase::Kind::service);
  CHECK(test.invocable == "s");
  CHECK(test.results.at(0).value.is_null());
  CHECK(as_expected(test.results.at(1).value, 2));
}

TEST_CASE("numbers are as expected within 1e-8, all else exactly") {
  const auto number = [](const char* text) { return feel::Value(*feel::Number::parse(text)); };

  CHECK(as_expected(number("1"), number("1.00000001")));
  CHECK_FALSE(as_expected(number("1"), number("1.00000002")));
  CHECK_FALSE(as_expected(number("1"), "1"));
  CHECK(as_expected({}, feel::Value::null("because")));
  CHECK_FALSE(as_expected("a", "A"));
  CHECK(as_expected(feel::List{1, "a"}, feel::List{1, "a"}));
  CHECK_FALSE(as_expected(feel::List{1}, feel::List{1, 2}));
  CHECK(as_expected(feel::Context{{"a", 1}, {"b", 2}}, feel::Context{{"b", 2}, {"a", 1}}));
  CHECK_FALSE(as_expected(feel::Context{{"a", 1}}, feel::Context{{"a", 1}, {"b", 2}}));
}

TEST_CASE("values that are none are told with their case") {
  CHECK(thrown(Error::Code::invalid, [] { value(simple("decimal", "many")); }) ==
        "t.xml:2: test case '1': 'many' is no value of the type 'decimal'");
}

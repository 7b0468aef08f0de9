// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/java_function.hpp"

#include <string>

#include <doctest/doctest.h>

#include "rules/feel/language/expression.hpp"

using namespace vcsr::feel;

namespace {

std::string called(const char* owner, const char* method, const List& given) {
  Evaluation evaluation;
  const Value mapping =
      Context{{"java", Context{{"class", Value(owner)}, {"method signature", Value(method)}}}};
  const auto result = call_java(mapping, given, evaluation);
  return result.reason() != nullptr ? result.reason()->text : to_string(result);
}

Value number(const char* text) { return *Number::parse(text); }

}  // namespace

TEST_CASE("methods of Java's Math calculate in the types of their signature") {
  CHECK(called("java.lang.Math", "max(double, double)", {number("123.45"), number("456.78")}) == "456.78");
  CHECK(called("java.lang.Math", "min(int,int)", {123, 456}) == "123");
  CHECK(called("java.lang.Math", "max(float,float)", {number("123.46"), number("456.78")}) == "456.78");
  CHECK(called("java.lang.Math", "max(float,float)", {0, number("0.123456789")}) == "0.12345679");
  CHECK(called("java.lang.Math", "abs(long)", {-5}) == "5");
  CHECK(called("java.lang.Math", "sqrt(double)", {16}) == "4");
  CHECK(called("java.lang.Math", "pow(double,double)", {2, 10}) == "1024");
  CHECK(called("java.lang.Math", "round(double)", {number("-2.5")}) == "-2");
}

TEST_CASE("values are converted between Java's types and text") {
  CHECK(called("java.lang.Integer", "valueOf(java.lang.String)", {"123"}) == "123");
  CHECK(called("java.lang.Integer", "parseInt(String)", {"-7"}) == "-7");
  CHECK(called("java.lang.Short", "valueOf(short)", {123}) == "123");
  CHECK(called("java.lang.Float", "valueOf(java.lang.String)", {"1234.56"}) == "1234.56");
  CHECK(called("java.lang.Boolean", "parseBoolean(java.lang.String)", {"true"}) == "true");
  CHECK(called("java.lang.String", "valueOf(char)", {"a"}) == "a");
  CHECK(called("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)",
               {"%d%% of %s", 5, "all"}) == "5% of all");
}

TEST_CASE("a method that is not known or does not fit is the reason of a null") {
  CHECK(called("java.lang.Math", "foo(double)", {1}) ==
        "no result of the external function 'java.lang.Math.foo(double)'");
  CHECK(called("java.lang.Foo", "valueOf(double)", {1}) ==
        "no result of the external function 'java.lang.Foo.valueOf(double)'");
  CHECK(called("java.io.File", "delete(int)", {1}) == "no external function 'java.io.File.delete(int)'");
  CHECK(called("java.lang.Math", "max(Money)", {1}) == "no external function 'java.lang.Math.max(Money)'");
  CHECK(called("java.lang.Math", "max(java.lang.String, java.lang.String)", {"1", "2"}) ==
        "no result of the external function 'java.lang.Math.max(java.lang.String, java.lang.String)'");
  CHECK(called("java.lang.String", "valueOf(char)", {"abc"}) ==
        "the arguments do not fit the external function 'java.lang.String.valueOf(char)'");
  CHECK(called("java.lang.Byte", "valueOf(byte)", {128}) ==
        "the arguments do not fit the external function 'java.lang.Byte.valueOf(byte)'");
  CHECK(called("java.lang.Math", "sqrt(double)", {-1}) ==
        "no result of the external function 'java.lang.Math.sqrt(double)'");
  CHECK(called("java.lang.String", "format(String, Object...)", {"%d", "x"}) ==
        "no result of the external function 'java.lang.String.format(String, Object...)'");
}

TEST_CASE("an external function of FEEL is called by its mapping") {
  Evaluation evaluation;
  const auto text =
      "{cos: function(n1) external {java: {class: \"java.lang.Math\", method signature: \"cos(double)\"}}, "
      "result: cos(0)}.result";

  CHECK(to_string(Expression::parse(text, Scope()).evaluate({}, evaluation)) == "1");
}

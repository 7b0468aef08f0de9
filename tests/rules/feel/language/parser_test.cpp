// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/language/parser.hpp"

#include <doctest/doctest.h>

#include "rules/feel/builtins/said.hpp"

namespace vcsr::feel {

TEST_CASE("operators bind as the standard says") {
  CHECK(said("1 + 2 * 3") == "7");
  CHECK(said("(1 + 2) * 3") == "9");
  CHECK(said("10 - 2 - 3") == "5");
  CHECK(said("-3 ** 2") == "9");
  CHECK(said("2 ** 3 ** 2") == "64");
  CHECK(said("1 + 1 = 2 and 2 < 3 or false") == "true");
  CHECK(said("true or false and false") == "true");
  CHECK(said("5 between 1 and 10 and true") == "true");
  CHECK(said("-1 instance of number") == "true");
}

TEST_CASE("comments stand wherever blanks may") {
  CHECK(said("1 /* one */ + // and\n 2") == "3");
  CHECK(said("/* begins */ 4 / 2 // ends") == "2");
  CHECK(refused("1 + /* 2") == "line 1, column 5: this comment has no end: expected '*/'");
}

TEST_CASE("strings know escapes of characters, also in halves") {
  CHECK(said(R"("a\"b\\c\n" = "a\u0022b\u005cc\u000A")") == "true");
  CHECK(said(R"("\uD83D\uDC0E" = "\U01F40E")") == "true");
  CHECK(said(R"("🐎" = "\ud83d\udc0e")") == "true");
  CHECK(said(R"("\d+")") == R"("\\d+")");
  CHECK(refused("\"abc") == "line 1, column 1: this string has no end: expected '\"'");
  CHECK(refused(R"("\u12g4")") == "line 1, column 2: expected 4 hexadecimal digits after \\u");
}

TEST_CASE("numbers stand with fractions and exponents") {
  CHECK(said("1.50 + .5") == "2");
  CHECK(said("1.23e4 - 1.23E+4") == "0");
  CHECK(said("5e-1") == "0.5");
  CHECK(said("[1..3]") == "[1..3]");
}

TEST_CASE("names hold blanks and signs where they are known") {
  Scope scope;
  scope.add("Monthly  Salary");
  scope.add("a-b");
  scope.add("a");
  scope.add("b");
  scope.add("days in weekend");
  const std::vector<Value> values{100, 7, 5, 3, List{1, 2}};

  CHECK(said("Monthly Salary * 2", scope, values) == "200");
  CHECK(said("Monthly\n\tSalary", scope, values) == "100");
  CHECK(said("a-b", scope, values) == "7");
  CHECK(said("a -b", scope, values) == "2");
  CHECK(said("b-a", scope, values) == "-2");
  CHECK(said("for i in days in weekend return i", scope, values) == "[1, 2]");
  CHECK(said("string length(\"abc\")") == "3");
}

TEST_CASE("names of entries are known from types, from contexts and inside filters") {
  Scope scope;
  scope.add("Applicant",
            Type::context_of({{"Monthly Income", Type::Kind::number}, {"age", Type::Kind::number}}));
  scope.add("people", Type::list_of(Type::context_of({{"first name", Type::Kind::string}})));
  const std::vector<Value> values{Context{{"Monthly Income", 12}, {"age", 40}},
                                  List{Context{{"first name", "Ada"}}, Context{{"first name", "Bob"}}}};

  CHECK(said("Applicant.Monthly Income - Applicant.age", scope, values) == "-28");
  CHECK(said("people[first name = \"Bob\"].first name", scope, values) == "[\"Bob\"]");
  CHECK(said("{first part: 2, second+part: first part * 3}.second+part") == "6");
  CHECK(said("[{a b: 1}, {a b: 2}][a b > 1]") == "[{a b: 2}]");
}

TEST_CASE("ranges are written in all forms") {
  CHECK(said("(1..3]") == "(1..3]");
  CHECK(said("]1..3[") == "(1..3)");
  CHECK(said("[1..3[ = [1..3)") == "true");
  CHECK(said("5 in ]1..[5, 6][1]]") == "true");
  CHECK(said("(<= 10)") == "(<=10)");
  CHECK(said("{r: > 5}.r") == "(>5)");
  CHECK(refused("[1..2") == "line 1, column 6: expected ']', ')' or '[' after the range, got the end");
}

TEST_CASE("types are read in all forms") {
  CHECK(said("[1] instance of list<number>") == "true");
  CHECK(said("[[1]] instance of list<list<string>>") == "false");
  CHECK(said("{a: 1, b c: \"x\"} instance of context<a: number, b c: string>") == "true");
  CHECK(said("[1..2] instance of range<number>") == "true");
  CHECK(said("(function(a: number) \"x\") instance of function<number>->string") == "true");
  CHECK(said("(function(a: number) \"x\") instance of function<string> -> string") == "false");
  CHECK(said("@\"2020-01-01T00:00:00\" instance of date and time") == "true");
  CHECK(refused("1 instance of nothing") == "line 1, column 15: expected a type, got 'nothing'");
}

TEST_CASE("what is missing is named with its place") {
  CHECK(refused("") == "line 1, column 1: expected a value, got the end");
  CHECK(refused("1 +") == "line 1, column 4: expected a value, got the end");
  CHECK(refused("(1 + 2") == "line 1, column 7: expected ')' after the expression, got the end");
  CHECK(refused("if true\nthen 1") ==
        "line 2, column 7: expected 'else' after what 'then' says, got the end");
  CHECK(refused("[1, 2") == "line 1, column 6: expected ']' after the elements of the list, got the end");
  CHECK(refused("{a 1}") == "line 1, column 2: expected the name of an entry, or '}', got 'a'");
  CHECK(refused("{a: 1, a: 2}") == "line 1, column 9: the context has two entries 'a'");
  CHECK(refused("1 2") == "line 1, column 3: expected an operator or the end, got '2'");
  CHECK(refused("abs(n: 1, 2)") == "line 1, column 11: either all arguments have names or none has");
  CHECK(refused("\"ä\" + %") == "line 1, column 7: expected a value, got '%'");
}

TEST_CASE("depth and length are bounded") {
  const std::string deep = std::string(100'000, '(') + "1";
  std::string chain = "1";
  for (int i = 0; i < 5'000; ++i) chain += "+1";

  CHECK(refused(deep).ends_with("this is nested too deeply: at most 150 levels are read"));
  CHECK(
      refused(std::string(100'000, '-')).ends_with("this is nested too deeply: at most 150 levels are read"));
  CHECK(refused(chain).ends_with("this is too long a chain: at most 1000 operators are read"));
  CHECK(said(std::string(100, '(') + "1" + std::string(100, ')')) == "1");
}

TEST_CASE("names that nobody knows are told to a validator") {
  Scope scope;
  scope.add("income");

  const Expression expression = Expression::parse("if incme > 5 then income else {x: 1}.x", scope);

  REQUIRE(expression.unknown_names().size() == 1);
  CHECK(expression.unknown_names().front().name == "incme");
  CHECK(expression.unknown_names().front().at == Position{.line = 1, .column = 4});
}

}  // namespace vcsr::feel

// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/language/expression.hpp"

#include <doctest/doctest.h>

#include "rules/feel/builtins/said.hpp"

namespace vcsr::feel {

TEST_CASE("conditions, loops and quantifiers say what the standard says") {
  CHECK(said("if 1 > 2 then \"a\" else \"b\"") == "\"b\"");
  CHECK(said("if null then 1 else 2") == "2");
  CHECK(said("for x in [1, 2], y in [10, 20] return x + y") == "[11, 21, 12, 22]");
  CHECK(said("for x in [[1, 2], [3]], y in x return y") == "[1, 2, 3]");
  CHECK(said("for i in 4..2 return i") == "[4, 3, 2]");
  CHECK(said("for i in [2..4] return i") == "[2, 3, 4]");
  CHECK(said("for i in [4..2] return i") == "null");
  CHECK(said("for i in 0..4 return if i = 0 then 1 else i * partial[-1]") == "[1, 1, 2, 6, 24]");
  CHECK(said("for i in 1..3 return partial") == "[[], [[]], [[], [[]]]]");
  CHECK(said("for d in @\"2024-02-28\"..@\"2024-03-01\" return d.day") == "[28, 29, 1]");
  CHECK(said("some x in [1, 2] satisfies x > 1") == "true");
  CHECK(said("every x in [1, 2], y in [3] satisfies x > y") == "false");
  CHECK(said("some x in [] satisfies true") == "false");
}

TEST_CASE("truth has three values") {
  CHECK(said("true and null") == "null");
  CHECK(said("false and null") == "false");
  CHECK(said("null or true") == "true");
  CHECK(said("1 or false") == "null");
  CHECK(said("not(null)") == "null");
}

TEST_CASE("filters choose by condition and by place") {
  CHECK(said("[1, 2, 3][item > 1]") == "[2, 3]");
  CHECK(said("[1, 2, 3][-1]") == "3");
  CHECK(said("[1, 2, 3][4]") == "null");
  CHECK(said("100[1]") == "100");
  CHECK(said("[{a: 1}, {b: 2}][a = 1]") == "[{a: 1}]");
  CHECK(reason("[1, 2][\"a\"]") == "line 1, column 8: expected true or false from the filter, got a string");
  CHECK(said("100[false]") == "[]");
  CHECK(said("[{item: 1}, {item: 2}][item >= 2]") == "[{item: 2}]");
  CHECK(said("{limit: 2, found: [{a: 1}, {a: 2}, {a: 3}][a >= limit]}.found.a") == "[2, 3]");
}

TEST_CASE("functions remember what was around them and can call themselves") {
  CHECK(said("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r") == "120");
  CHECK(said("{k: 10, f: function(n) n + k, r: f(n: 1)}.r") == "11");
  CHECK(said("(function(a: number, b c: number) a - b c)(b c: 1, a: 3)") == "2");
  CHECK(said("(function(a: number) a)(\"x\")") == "null");
  CHECK(said("(function(a: number) a)([7])") == "7");
  CHECK(said("{f: function(x) function(y) x + y, r: f(1)(2)}.r") == "3");
  CHECK(said("{twice: function(f, x) f(f(x)), r: twice(function(x) x * 3, 2)}.r") == "18");
}

TEST_CASE("in asks for values, lists, ranges and comparisons") {
  CHECK(said("3 in (1, 2, 3)") == "true");
  CHECK(said("3 in ([1..2], > 5)") == "false");
  CHECK(said("3 in (2..4)") == "true");
  CHECK(said("3 in <= 2") == "false");
  CHECK(said("10 in (=10)") == "true");
  CHECK(said("3 in [1, 3]") == "true");
  CHECK(said("5 in [[1..2], [4..6]]") == "true");
  CHECK(said("\"x\" in 5") == "null");
  CHECK(said("true in [1, false]") == "false");
  CHECK(said("5 in (null..10]") == "null");
}

TEST_CASE("dates, times and durations are added, subtracted and scaled") {
  CHECK(said("@\"2024-01-31\" + @\"P1M\"") == "2024-02-29");
  CHECK(said("@\"2024-01-02T10:00:00Z\" - @\"2024-01-01T09:00:00Z\"") == "P1DT1H");
  CHECK(said("@\"P1D\" * 3 / @\"P1D\"") == "3");
  CHECK(said("2 * @\"P1Y\"") == "P2Y");
  CHECK(said("-@\"PT1H\"") == "-PT1H");
  CHECK(said("@\"10:00:00\" + @\"PT15H\"") == "01:00:00");
  CHECK(said("@\"2024-01-31\" + 1") == "null");
  CHECK(said("@\"2024-05-06\".weekday") == "1");
  CHECK(said("@\"2024-05-06T10:20:30+02:00\".time offset") == "PT2H");
}

TEST_CASE("a null says why and where") {
  CHECK(reason("1 +\n \"a\"") == "line 1, column 3: a number + a string has no result");
  CHECK(reason("[1, 2][3]") == "line 1, column 8: there is no element 3 in a list of 2");
  CHECK(reason("{a: 1}.b") == "line 1, column 7: a context has no 'b'");
  CHECK(reason("missing") == "line 1, column 1: nothing is known as 'missing'");
  CHECK(reason("@\"2024-02-30\"") == "line 1, column 1: \"2024-02-30\" is no date, time or duration");
}

TEST_CASE("in strict mode what would be a silent null is an error") {
  Scope scope;
  scope.add("x");

  CHECK(refused("missing > 5") == "line 1, column 1: nothing is known as 'missing'");
  CHECK(refused("1 + \"a\"") == "line 1, column 3: a number + a string has no result");
  CHECK(refused("x > 5", scope, {Value()}) == "line 1, column 3: a comparison with null");
  CHECK(refused("x = null", scope, {Value()}) == "not refused: true");
  CHECK(refused("1 = \"1\"") == "line 1, column 3: a number cannot be compared with a string by '='");
  CHECK(refused("if 5 then 1 else 2") ==
        "line 1, column 4: expected true or false as the condition, got a number");
}

TEST_CASE("unary tests say whether a value passes") {
  const auto passes = [](std::string_view tests, const Value& input) {
    Scope scope;
    scope.add("limit");
    Evaluation evaluation;
    const std::vector<Value> variables{10};
    return to_string(UnaryTests::parse(tests, scope).evaluate(input, variables, evaluation));
  };

  CHECK(passes("-", {}) == "true");
  CHECK(passes("< 5, [10..20)", 10) == "true");
  CHECK(passes("< 5, [10..20)", 20) == "false");
  CHECK(passes("not(\"a\", \"b\")", "c") == "true");
  CHECK(passes("not(\"a\", \"b\")", "b") == "false");
  CHECK(passes("? > limit", 11) == "true");
  CHECK(passes("limit > 5", "anything") == "true");
  CHECK(passes("[1, 2, 3]", 2) == "true");
  CHECK(passes("null", {}) == "true");
  CHECK(passes("false", false) == "true");
  CHECK(passes("not(starts with(?, \"x\"))", "abc") == "true");
  CHECK(passes("ends with(?, \"c\") and string length(?) = 3", "abc") == "true");
  CHECK(passes("-5", -5) == "true");
  CHECK(passes("> limit", "text") == "null");
}

TEST_CASE("an item of a filter is given from outside") {
  Scope scope;
  scope.add("limit");
  scope.add_item(Type::context_of({{"unit price", Type::Kind::number}}));
  const Expression match = Expression::parse("unit price > limit", scope);
  const std::vector<Value> variables{5};
  Evaluation evaluation;

  const Value found =
      filter(List{Context{{"unit price", 3}}, Context{{"unit price", 9}}}, match, variables, evaluation);

  CHECK(to_string(found) == "[{unit price: 9}]");
}

TEST_CASE("values that would be too deep are null") {
  CHECK(said("(for i in 1..100 return [partial[-1]])[2]") == "[[null]]");
  CHECK(reason("for i in 1..100000 return [partial[-1]]")
            .ends_with("more than 200 values would stand inside one another"));
  CHECK(said("for i in 1..3000 return (function(p) function() p)(partial[-1])") == "null");
}

TEST_CASE("an evaluation without end is stopped") {
  CHECK(refused("{f: function(n) f(n + 1), r: f(1)}.r").find("1500 steps inside one another") !=
        std::string::npos);
  CHECK(refused("for i in 1..100000, j in 1..100000 return 1").find("the evaluation was stopped") !=
        std::string::npos);
  CHECK(refused("count(for i in -9000000000000000000..9000000000000000000 return null)")
            .find("the evaluation was stopped") != std::string::npos);
}

}  // namespace vcsr::feel

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "rules/feel/language/expression.hpp"
#include "rules/feel/values/date_and_time.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::feel {

using Kind = Type::Kind;

TEST_CASE("the type of a list is what all its elements are") {
  CHECK(type_of(Value(List{1, 2})).text() == "list<number>");
  CHECK(type_of(Value(List{1, "a"})).text() == "list<Any>");
  CHECK(type_of(Value(List{})).text() == "list<Null>");
  CHECK(type_of(Value(List{Context{{"a", 1}}})).text() == "list<context<a: number>>");
  CHECK(type_of(Value(Range{.start = 1, .end = 2})).text() == "range<number>");
}

TEST_CASE("a value fits a type that asks for no more than it has") {
  const Value person = Context{{"name", "Ada"}, {"age", 36}};

  CHECK(conforms(person, Type::context_of({{"name", Kind::string}})));
  CHECK_FALSE(conforms(person, Type::context_of({{"height", Kind::number}})));
  CHECK_FALSE(conforms(Value(List{1, "a"}), Type::list_of(Kind::number)));
  CHECK(conforms(Value(List{}), Type::list_of(Kind::number)));
  CHECK(conforms(Value(), Type::list_of(Kind::number)));
}

TEST_CASE("a list of one stands for its element and an element for a list of one") {
  Evaluation evaluation;

  CHECK(to_string(coerced(List{1}, Kind::number, evaluation)) == "1");
  CHECK(to_string(coerced(1, Type::list_of(Kind::number), evaluation)) == "[1]");
  CHECK(to_string(coerced(*Date::parse("2021-01-02"), Kind::date_and_time, evaluation)) ==
        "2021-01-02T00:00:00Z");
  CHECK(coerced(List{1, 2}, Kind::number, evaluation).is_null());
  CHECK(coerced(List{"a"}, Kind::number, evaluation).is_null());
}

TEST_CASE("what does not fit is null with a reason, in strict mode an error") {
  Evaluation lenient;
  Evaluation strict(Evaluation::Options{.mode = Mode::strict});
  strict.set_position({.line = 3, .column = 4});

  const Value value = coerced("five", Kind::number, lenient);

  REQUIRE(value.reason());
  CHECK(value.reason()->text == "expected number, got a string: five");
  CHECK_THROWS_WITH_AS(coerced("five", Kind::number, strict),
                       "line 3, column 4: expected number, got a string: five", Error);
}

TEST_CASE("an evaluation stops at its limits") {
  Evaluation evaluation(Evaluation::Options{.limits = {.steps = 10, .depth = 2, .memory = 1u << 20}});

  evaluation.step(10);
  CHECK_THROWS_WITH_AS(evaluation.step(), "line 1, column 1: the evaluation was stopped after 10 steps",
                       Error);
  CHECK_THROWS_WITH_AS(evaluation.charge((1u << 20) + 1),
                       "line 1, column 1: the evaluation was stopped: its values would take more than 1 MB",
                       Error);
}

}  // namespace vcsr::feel

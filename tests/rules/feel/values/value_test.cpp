// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/value.hpp"

#include <doctest/doctest.h>

#include "rules/feel/values/date_and_time.hpp"

namespace vcsr::feel {

TEST_CASE("a null says why and where it came to be") {
  const Value written;
  const Value made = Value::null("there is no third element", {.line = 2, .column = 7});
  const Value too_large = Number(1) / Number(0);

  CHECK(written.is_null());
  CHECK(written.reason() == nullptr);
  REQUIRE(made.reason());
  CHECK(made.reason()->text == "there is no third element");
  CHECK(made.reason()->at.text() == "line 2, column 7");
  CHECK(too_large.is_null());
  CHECK(too_large.reason());
}

TEST_CASE("the entries of a context keep their order, few or many") {
  Context context;
  for (int i = 0; i < 40; ++i) context.put("entry " + std::to_string(i), i);
  context.put("entry 3", "three");
  context.put("entry 30", "thirty");

  CHECK(context.size() == 40);
  CHECK(context.entries()[3].name == "entry 3");
  CHECK(to_string(*context.find("entry 3")) == "three");
  CHECK(to_string(*context.find("entry 30")) == "thirty");
  CHECK(to_string(*context.find("entry 39")) == "39");
  CHECK(context.find("entry 40") == nullptr);
}

TEST_CASE("a value is written as FEEL writes it") {
  const Value context = Context{{"a", 1}, {"b c", "x \"y\""}, {"1", List{true, {}}}};

  CHECK(to_string(context) == R"({a: 1, b c: "x \"y\"", "1": [true, null]})");
  CHECK(to_string(Value(Range{.start_included = true, .start = 1, .end = 5, .end_included = false})) ==
        "[1..5)");
  CHECK(to_string(Value("plain")) == "plain");
  CHECK(to_string(Value(*Date::parse("2024-02-29"))) == "2024-02-29");
}

TEST_CASE("values are compared where they can be") {
  CHECK(equal(Value(), Value()) == true);
  CHECK(equal(Value(), Value(1)) == false);
  CHECK(equal(Value(1), Value("1")) == std::nullopt);
  CHECK(equal(Value(List{1, 2}), Value(List{1, 2})) == true);
  CHECK(equal(Value(List{1, 2}), Value(List{2, 1})) == false);
  CHECK(equal(Value(List{1}), Value(List{"a"})) == false);
  CHECK(equal(Value(Context{{"a", 1}}), Value(Context{{"a", "x"}})) == std::nullopt);
  CHECK(equal(Value(Context{{"a", 1}, {"b", 2}}), Value(Context{{"b", 2}, {"a", 1}})) == true);
  CHECK(equal(Value(Context{{"a", 1}}), Value(Context{{"b", 1}})) == false);
  CHECK(compare(Value("a"), Value("b")) == std::partial_ordering::less);
  CHECK(compare(Value(true), Value(false)) == std::nullopt);
}

TEST_CASE("values stand inside one another up to a depth, deeper ones are null") {
  Value value = 1;
  for (int i = 0; i < 100; ++i) value = List{Context{{"a", value}}};

  CHECK(value.depth() == Value::max_depth);
  CHECK(Value(List{value}).is_null());
  CHECK(Value(Range{.start = value}).is_null());
  CHECK(Value(Context{{"b", value}}).reason()->text == "more than 200 values would stand inside one another");
}

TEST_CASE("a date meets a date and time as its midnight in UTC") {
  const Value date = *Date::parse("2021-05-01");
  const Value midnight = *DateAndTime::parse("2021-05-01T00:00:00Z");
  const Value noon = *DateAndTime::parse("2021-05-01T12:00:00Z");

  CHECK(equal(date, midnight) == true);
  CHECK(compare(date, noon) == std::partial_ordering::less);
}

TEST_CASE("a range contains what lies between its ends") {
  const Range range{.start_included = true, .start = 1, .end = 5, .end_included = false};
  const Range open{
      .start_included = false, .start = 5, .end = {}, .end_included = false, .form = Range::Form::greater};
  const Range unknown{.start = 1, .end = {}};

  CHECK(contains(range, 1) == true);
  CHECK(contains(range, 5) == false);
  CHECK(contains(range, "a") == std::nullopt);
  CHECK(contains(range, Value()) == std::nullopt);
  CHECK(contains(open, 5) == false);
  CHECK(contains(open, 6) == true);
  CHECK(contains(unknown, 6) == std::nullopt);
}

TEST_CASE("facts become values and values facts") {
  const vcsr::Value fact = vcsr::from_json(R"({"a": [1, 2.5, "x", true, null], "b": {"c": 10000000000}})");

  const Value value = from_fact(fact);

  CHECK(to_string(value) == R"({a: [1, 2.5, "x", true, null], b: {c: 10000000000}})");
  CHECK(to_fact(value) == fact);
  CHECK(to_fact(Value(*Date::parse("2024-02-29"))) == vcsr::Value("2024-02-29"));
}

}  // namespace vcsr::feel

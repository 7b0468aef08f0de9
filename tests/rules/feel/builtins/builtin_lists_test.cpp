// SPDX-License-Identifier: Apache-2.0
#include "builtin_calls.hpp"
#include "thrown.hpp"

using namespace vcsr::feel;

namespace {

/// A function of two arguments.
class Pair : public Function {
 public:
  explicit Pair(Value (*of)(const Value&, const Value&)) : of_(of) {}
  std::vector<Parameter> parameters() const override { return {{"x", {}}, {"y", {}}}; }
  Value call(std::vector<Value> arguments, Evaluation&) const override {
    return of_(arguments[0], arguments[1]);
  }

 private:
  Value (*of_)(const Value&, const Value&);
};

Value function(Value (*of)(const Value&, const Value&)) {
  return std::shared_ptr<const Function>(std::make_shared<const Pair>(of));
}

const Value ascending = function([](const Value& x, const Value& y) -> Value { return *compare(x, y) < 0; });

}  // namespace

TEST_CASE("elements are found and counted") {
  check_calls({
      {"list contains", {list({1, Value()}), Value()}, "true"},
      {"list contains", {list({1, 2}), 3}, "false"},
      {"list contains", {list({1, "1"}), "1"}, "true"},
      {"count", {list({1, 2, 3})}, "3"},
      {"count", {list({})}, "0"},
      {"count", {1}, "1"},
      {"count", {Value()}, "argument 1: expected a list, got null"},
      {"index of", {list({1, 2, 1}), 1}, "[1, 3]"},
      {"index of", {list({1, 2}), 3}, "[]"},
  });
}

TEST_CASE("a part of a list is counted from either end") {
  const auto abc = list({1, 2, 3});
  check_calls({
      {"sublist", {abc, 2}, "[2, 3]"},
      {"sublist", {abc, 1, 2}, "[1, 2]"},
      {"sublist", {abc, -1, 1}, "[3]"},
      {"sublist", {abc, 0}, "argument 2: expected a position in a list of 3, got a number"},
      {"sublist", {abc, 4}, "argument 2: expected a position in a list of 3, got a number"},
      {"sublist", {abc, 3, 2}, "no 2 elements from there on, but 1"},
      {"sublist", {abc, 3, -1}, "no -1 elements from there on, but 1"},
      {"remove", {abc, 2}, "[1, 3]"},
      {"remove", {abc, -1}, "[1, 2]"},
      {"remove", {abc, "1"}, "argument 2: expected a number, got a string"},
      {"insert before", {abc, 1, 0}, "[0, 1, 2, 3]"},
      {"insert before", {abc, -1, 0}, "[1, 2, 0, 3]"},
      {"insert before", {abc, 4, 0}, "argument 2: expected a position in a list of 3, got a number"},
      {"list replace", {abc, -1, 0}, "[1, 2, 0]"},
      {"list replace", {abc, 4, 0}, "argument 2: expected a position in a list of 3, got a number"},
  });
}

TEST_CASE("lists are put together") {
  check_calls({
      {"append", {list({1}), 2, list({3})}, "[1, 2, [3]]"},
      {"append", {1, 2}, "[1, 2]"},
      {"append", {Value(), 2}, "argument 1: expected a list, got null"},
      {"concatenate", {list({1}), list({2, 3})}, "[1, 2, 3]"},
      {"union", {list({1, 2}), list({2, 3})}, "[1, 2, 3]"},
      {"distinct values", {list({1, 2, 1, Value(), Value()})}, "[1, 2, null]"},
      {"flatten", {list({1, list({2, list({3})}), list({})})}, "[1, 2, 3]"},
      {"reverse", {list({1, 2, 3})}, "[3, 2, 1]"},
  });
}

TEST_CASE("what a function chooses is replaced") {
  const auto smaller =
      function([](const Value& item, const Value& given) -> Value { return *compare(item, given) < 0; });
  const auto broken = function([](const Value&, const Value&) -> Value { return 1; });
  check_calls({
      {"list replace", {list({2, 4, 7, 8}), smaller, 5}, "[5, 5, 7, 8]"},
      {"list replace", {list({2, 4}), broken, 5}, "expected a boolean of match, got a number"},
  });
}

TEST_CASE("a list is sorted by a function, equal ones as they were") {
  const auto tens = function([](const Value& x, const Value& y) -> Value {
    return x.get_if<Number>()->rounded(-1, Number::Rounding::down) <
           y.get_if<Number>()->rounded(-1, Number::Rounding::down);
  });
  const auto always = function([](const Value&, const Value&) -> Value { return true; });
  const auto broken = function([](const Value&, const Value&) -> Value { return {}; });
  check_calls({
      {"sort", {list({3, 1, 5, 4}), ascending}, "[1, 3, 4, 5]"},
      {"sort", {list({25, 11, 21, 12}), tens}, "[11, 12, 25, 21]"},
      {"sort", {list({1, 2, 3, 4, 5}), always}, "[5, 4, 3, 2, 1]"},
      {"sort", {list({}), ascending}, "[]"},
      {"sort", {list({2, 1}), broken}, "the function did not say true or false"},
      {"sort", {list({2, 1}), 5}, "argument 2: expected a function, got a number"},
  });
}

TEST_CASE("what stands in a value many times is looked at, and costs, as often") {
  Value doubled = list({1, 1});
  for (int i = 1; i < 20; ++i) doubled = list({doubled, doubled});
  const auto other = list({doubled});
  CHECK(doubled.weight() == (1u << 21) - 1);
  for (const char* name : {"is", "list contains", "index of", "append"}) {
    Evaluation evaluation({.limits = {.steps = 1'000'000}});
    const std::vector<Value> given{other, name == std::string_view("is") ? list({doubled}) : doubled};
    if (name == std::string_view("append")) CHECK(call(name, given, evaluation).is(Value::Kind::list));
    else CHECK(thrown(vcsr::Error::Code::refused, [&] { call(name, given, evaluation); }) != "");
  }
  Evaluation evaluation({.limits = {.steps = 1'000'000}});
  CHECK(thrown(vcsr::Error::Code::refused, [&] { call("string", {doubled}, evaluation); }) != "");
}

TEST_CASE("a value that would be made of too many is null") {
  Value doubled = list({1, 1});
  for (int i = 1; i < 40 && !doubled.is_null(); ++i) doubled = list({doubled, doubled});

  REQUIRE(doubled.is_null());
  CHECK(doubled.reason()->text == "a value would be made of more than 50000000");
}

TEST_CASE("lists that are put together are paid for before they are made") {
  Evaluation evaluation({.limits = {.memory = 100'000}});
  const std::vector<Value> given(100, list(List(1000, Value(1))));

  CHECK(thrown(vcsr::Error::Code::refused, [&] { call("concatenate", given, evaluation); }) != "");
}

TEST_CASE("what a list costs counts against the limits of its evaluation") {
  Evaluation evaluation({.limits = {.steps = 100}});
  const auto many = list(List(101, Value(1)));

  CHECK(thrown(vcsr::Error::Code::refused, [&] { call("reverse", {many}, evaluation); }).find("100") !=
        std::string::npos);
}

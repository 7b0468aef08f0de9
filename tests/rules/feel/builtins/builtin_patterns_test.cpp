// SPDX-License-Identifier: Apache-2.0
#include "builtin_calls.hpp"
#include "thrown.hpp"

using namespace vcsr::feel;

TEST_CASE("a string matches a pattern, is split by it or has its matches replaced") {
  check_calls({
      {"matches", {"foobar", "^fo*b"}, "true"},
      {"matches", {"FOO", "foo", "i"}, "true"},
      {"matches", {"foo", "bar", Value()}, "false"},
      {"replace", {"banana", "a", "o"}, "bonono"},
      {"replace", {"banana", "(an)+", "**"}, "b**a"},
      {"replace", {"banana", "[aeiouy]", "[$0]"}, "b[a]n[a]n[a]"},
      {"replace", {"abracadabra", "A", "", "i"}, "brcdbr"},
      {"replace", {"x", "a", "b"}, "x"},
      {"split", {"John Doe", "\\s"}, "[\"John\", \"Doe\"]"},
      {"split", {"a;b;c;;", ";"}, "[\"a\", \"b\", \"c\", \"\", \"\"]"},
      {"split", {"", ";"}, "[\"\"]"},
  });
}

TEST_CASE("a pattern that cannot be used is the reason of a null") {
  check_calls({
      {"matches", {"foo", "["}, "the pattern at character 2: expected ']', it ends"},
      {"matches", {"foo", "o", "p"}, "flags are of \"smixq\", got 'p'"},
      {"matches", {"foo", "o", 1}, "argument 3: expected a string, got a number"},
      {"matches",
       {std::string(40, 'a') + "b", "^(a+)+$"},
       "the pattern takes too many steps on this text: it repeats what itself repeats"},
      {"replace", {"foo", "o*", "x"}, "the pattern matches an empty string"},
      {"replace", {"foo", "o", "$x"}, "the replacement: expected a number after '$'"},
      {"split", {"foo", ""}, "the pattern matches an empty string"},
      {"split", {Value(), "o"}, "argument 1: expected a string, got null"},
  });
}

TEST_CASE("a replacement that grows beyond the limit of the evaluation ends it") {
  Evaluation evaluation({.limits = {.memory = 1000}});
  const std::vector<Value> given{std::string(100, 'a'), "a", std::string(100, 'b')};

  CHECK(thrown(vcsr::Error::Code::refused, [&] {
          call("replace", given, evaluation);
        }).find("values would take more") != std::string::npos);
}

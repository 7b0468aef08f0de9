// SPDX-License-Identifier: Apache-2.0
#include "builtin_calls.hpp"

using namespace vcsr::feel;

namespace {

const Value nested = Context{{"a", 1}, {"b", Context{{"c", 2}}}};

Value entry(Value key, Value value) { return Context{{"key", key}, {"value", value}}; }

}  // namespace

TEST_CASE("entries are read by their names") {
  check_calls({
      {"get value", {nested, "a"}, "1"},
      {"get value", {nested, list({"b", "c"})}, "2"},
      {"get value", {nested, "x"}, "no entry x"},
      {"get value", {nested, list({"a", "c"})}, "no entry [\"a\", \"c\"]"},
      {"get value", {nested, 1}, "argument 2: expected a string, got a number"},
      {"get value", {nested, list({})}, "no key"},
      {"get value", {"a", "a"}, "argument 1: expected a context, got a string"},
      {"get entries", {Context{{"a", 1}}}, "[{key: \"a\", value: 1}]"},
  });
}

TEST_CASE("a context is made of entries") {
  check_calls({
      {"context", {list({entry("a", 1), entry("b", Value())})}, "{a: 1, b: null}"},
      {"context", {entry("a", 1)}, "{a: 1}"},
      {"context", {list({})}, "{}"},
      {"context", {list({entry("a", 1), entry("a", 2)})}, "two entries of the key \"a\""},
      {"context", {list({Context{{"key", "a"}}})}, "an entry has no key, a string, or no value"},
      {"context", {entry(Value(), 1)}, "an entry has no key, a string, or no value"},
      {"context", {"foo"}, "expected contexts of key and value, got a string in the list"},
      {"context", {Value()}, "argument 1: expected a list, got null"},
  });
}

TEST_CASE("an entry is put into a context or into one inside it") {
  check_calls({
      {"context put", {nested, "a", 5}, "{a: 5, b: {c: 2}}"},
      {"context put", {nested, "d", Value()}, "{a: 1, b: {c: 2}, d: null}"},
      {"context put", {nested, list({"b", "c"}), 5}, "{a: 1, b: {c: 5}}"},
      {"context put", {nested, list({"x", "c"}), 5}, "no such path in the context: [\"x\", \"c\"]"},
      {"context put", {nested, list({}), 5}, "no key"},
      {"context put", {nested, Value(), 5}, "argument 2: expected a list, got null"},
      {"context put", {Value(), "a", 5}, "argument 1: expected a context, got null"},
  });
}

TEST_CASE("of contexts that are merged the last one counts") {
  check_calls({
      {"context merge", {list({Context{{"a", 1}, {"b", 1}}, Context{{"a", 2}}})}, "{a: 2, b: 1}"},
      {"context merge", {Context{{"a", 1}}}, "{a: 1}"},
      {"context merge", {list({Context{}, 2})}, "expected contexts, got a number in the list"},
  });
}

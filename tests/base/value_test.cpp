// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/value.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "vcsr/base/error.hpp"

using vcsr::from_json;
using vcsr::to_json;
using vcsr::Value;

static_assert(!std::is_convertible_v<void*, Value>);
static_assert(!std::is_convertible_v<int*, Value>);
static_assert(std::is_convertible_v<bool, Value>);

TEST_CASE("names are in the order of their bytes, the empty one first") {
  const vcsr::Facts facts{{"zh", 1}, {"ä", 2}, {"", 3}, {"a", 4}, {"ab", 5}, {"aa", 6}, {"Z", 7}};

  std::string names;
  for (const auto& [name, value] : facts) names += name + ' ';

  CHECK(names == " Z a aa ab zh ä ");
  CHECK(facts.find(std::string_view("aa")) != facts.end());
  CHECK(facts.find("b") == facts.end());
}

TEST_CASE("a value keeps its type") {
  CHECK(Value().is_null());
  CHECK(Value(nullptr).is_null());
  CHECK(*Value(true).get_if<bool>());
  CHECK(*Value(7).get_if<std::int64_t>() == 7);
  CHECK(*Value(7u).get_if<std::int64_t>() == 7);
  CHECK(*Value(0.5).get_if<double>() == 0.5);
  CHECK(*Value("text").get_if<std::string>() == "text");
  CHECK(Value(7).get_if<double>() == nullptr);
  CHECK(Value(7) != Value(7.0));
}

TEST_CASE("a value has a text to be shown") {
  CHECK(Value().text().empty());
  CHECK(Value("Anna").text() == "Anna");
  CHECK(Value(true).text() == "true");
  CHECK(Value(-7).text() == "-7");
  CHECK(Value(Value::List{1, "a"}).text() == R"([1,"a"])");
}

TEST_CASE("values survive being written as JSON and read again") {
  const std::string texts[] = {"null",
                               "true",
                               "-9223372036854775808",
                               "9223372036854775807",
                               "1.0",
                               "0.1",
                               "-2.5e-07",
                               "1e+300",
                               R"({"a \"name\"":""})",
                               R"("a\"b\\c\u0001\n")",
                               R"("余额")",
                               "[]",
                               "{}",
                               R"({"a":[1,2.5,{"b":null}],"c":"x"})"};
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK(to_json(from_json(text)) == text);
  }
}

TEST_CASE("JSON that has more than values can hold is taken as near as it gets") {
  CHECK(*from_json("9223372036854775808").get_if<double>() == doctest::Approx(9.223372036854775808e18));
  CHECK(to_json(from_json(R"({"b":1,"a":2,"b":3})")) == R"({"a":2,"b":3})");
  CHECK(to_json(Value("\xff!")) == "\"\xEF\xBF\xBD!\"");
  CHECK(to_json(Value(std::numeric_limits<double>::quiet_NaN())) == "null");
}

TEST_CASE("bad JSON is refused with the place") {
  struct Row {
    std::string text;
    std::string place;
  };
  const Row rows[] = {
      {"", "line 1, column 1"},         {"{\"a\": }", "line 1, column 7"}, {"[1,\n2,]", "line 2, column 3"},
      {"\"\xff\"", "line 1, column 2"}, {"nul", "line 1, column 4"},       {"1 2", "line 1, column 3"},
      {"1e999", "number overflow"},     {"{\"a\":1", "line 1, column 7"},  {"'a'", "line 1, column 1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    std::string message;
    try {
      from_json(row.text);
    } catch (const vcsr::Error& error) {
      CHECK(error.code() == vcsr::Error::Code::invalid);
      message = error.what();
    }
    CHECK(message.starts_with("JSON: "));
    CHECK(message.find(row.place) != std::string::npos);
    CHECK(message.find("json.exception") == std::string::npos);
  }
}

TEST_CASE("JSON nested deeper than 64 is refused, however deep; brackets in strings do not count") {
  CHECK_NOTHROW(from_json(std::string(64, '[') + std::string(64, ']')));
  CHECK_NOTHROW(from_json("\"\\\"" + std::string(100, '[') + "\""));
  CHECK_THROWS_WITH_AS(from_json(std::string(65, '[') + std::string(65, ']')),
                       "JSON nested deeper than 64 at byte 64", vcsr::Error);
  CHECK_THROWS_AS(from_json(std::string(1'000'000, '{')), vcsr::Error);
}

// SPDX-License-Identifier: Apache-2.0
#include "rules/cell_parser.hpp"

#include <functional>

#include <doctest/doctest.h>

#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::rules;

namespace {

std::string fault(const std::function<void()>& work) { return thrown(Error::Code::invalid, work); }

std::string fault(const char* text, Type type) {
  return fault([&] { parse_cell(text, type); });
}

}  // namespace

TEST_CASE("a cell matches the values it describes and no others") {
  const struct {
    const char* cell;
    Type type;
    std::vector<Value> matching;
    std::vector<Value> others;
  } table[] = {
      {"-", Type::any, {1, "a", true, Value()}, {}},
      {"  ", Type::number, {1, Value()}, {}},
      {"5", Type::number, {5, 5.0}, {4, 6, -5, Value()}},
      {"-5", Type::number, {-5}, {5}},
      {"0.1", Type::number, {0.1}, {0.1000001, 0}},
      {".5", Type::number, {0.5}, {5}},
      {"0.3", Type::number, {0.1 + 0.2}, {0.30000001}},
      {"9007199254740993", Type::number, {9007199254740993}, {9007199254740992}},
      {"\"vip\"", Type::string, {"vip"}, {"VIP", "", Value()}},
      {"\"\"", Type::string, {""}, {" ", Value()}},
      {"\"a \\\"b\\\" \\u00e9, c\"", Type::string, {"a \"b\" é, c"}, {"a"}},
      {"\"贵宾\"", Type::any, {"贵宾"}, {"vip", 1}},
      {"true", Type::boolean, {true}, {false, Value()}},
      {"false", Type::any, {false}, {true, 0, "false"}},
      {"null", Type::number, {Value()}, {0}},
      {"< 5", Type::number, {4, 4.999, -1}, {5, 5.0, 6, Value()}},
      {"<=5", Type::number, {5, 4}, {5.001}},
      {"> -1.5", Type::number, {-1, 0}, {-1.5, -2}},
      {">=18", Type::number, {18, 18.0, 100}, {17.999}},
      {"[1..5]", Type::number, {1, 3, 5}, {0.999, 5.001, Value()}},
      {"(1..5)", Type::number, {1.001, 4}, {1, 5}},
      {"]1 .. 5[", Type::number, {2}, {1, 5}},
      {"[-5..-1)", Type::number, {-5, -2}, {-1, 0}},
      {"[0..0.3]", Type::number, {0.1 + 0.2}, {0.31}},
      {"1, 3,[5..6] , > 9", Type::number, {1, 3, 5.5, 10}, {2, 4, 7, 9}},
      {"\"a\",\"b\"", Type::string, {"a", "b"}, {"c", "a,b"}},
      {"not(1, [5..6])", Type::number, {2, 4, Value()}, {1, 5, 6}},
      {"not( \"a\" )", Type::string, {"b", "not"}, {"a"}},
      {"not(null)", Type::string, {"a", ""}, {Value()}},
      {"1, null", Type::number, {1, Value()}, {2}},
  };

  for (const auto& row : table) {
    CAPTURE(row.cell);
    const Cell cell = parse_cell(row.cell, row.type);
    for (const Value& value : row.matching)
      CHECK_MESSAGE(cell.matches(value), "does not match " << to_json(value));
    for (const Value& value : row.others) CHECK_MESSAGE(!cell.matches(value), "matches " << to_json(value));
  }
}

TEST_CASE("a cell that cannot be read says what was expected") {
  const std::string kinds =
      "expected a number, \"text\", true, false, null, a comparison, a range, not(…) or -, got ";
  const struct {
    const char* cell;
    Type type;
    std::string fault;
  } table[] = {
      {"vip", Type::string, kinds + "'vip' (text stands in quotes: \"text\")"},
      {"“vip”", Type::string, kinds + "'“vip”' (text stands in quotes: \"text\")"},
      {"trueish", Type::boolean, kinds + "'trueish' (text stands in quotes: \"text\")"},
      {"1,", Type::number, kinds + "the end"},
      {"-, 1", Type::number, kinds + "'-' (text stands in quotes: \"text\")"},
      {"1 2", Type::number, "expected ',' or the end, got '2'"},
      {"5 pounds", Type::number, "expected ',' or the end, got 'pounds'"},
      {"< \"a\"", Type::string, "expected a number after <, got '\"'"},
      {"=> 5", Type::number, kinds + "'=' (text stands in quotes: \"text\")"},
      {"< 5", Type::string, "5 is a number, but the column holds a string"},
      {"\"5\"", Type::number, "\"5\" is a string, but the column holds a number"},
      {"1", Type::boolean, "1 is a number, but the column holds a boolean"},
      {"[1..5", Type::number, "expected ']', ')' or '[' after the range, got the end"},
      {"[1-5]", Type::number, "expected '..' in the range, got '-'"},
      {"[..5]", Type::number, "expected a number at the beginning of the range, got '.'"},
      {"[1..]", Type::number, "expected a number at the end of the range, got ']'"},
      {"[9..1]", Type::number, "the range [9..1] is empty"},
      {"(1..1]", Type::number, "the range (1..1] is empty"},
      {"not 5", Type::number, "expected '(' after not, got '5'"},
      {"not(5", Type::number, "expected ')' at the end of not(, got the end"},
      {"not()", Type::number, kinds + "')' (text stands in quotes: \"text\")"},
      {"\"open", Type::string, "expected '\"' at the end of the text, got the end"},
      {"\"open\\", Type::string, "expected '\"' at the end of the text, got the end"},
      {"\"bad \\x\"", Type::string, "the text \"bad \\x\" has an unknown escape or a line break in it"},
  };

  for (const auto& row : table) {
    CAPTURE(row.cell);
    CHECK(fault(row.cell, row.type) == row.fault);
  }
  CHECK(fault((std::string(400, '9') + ".5").c_str(), Type::number).ends_with(" is too large"));
}

TEST_CASE("an output cell is a literal") {
  CHECK(parse_output("30", Type::number) == Value(30));
  CHECK(parse_output("0.5", Type::number) == Value(0.5));
  CHECK(parse_output(" \"cards\" ", Type::string) == Value("cards"));
  CHECK(parse_output("true", Type::any) == Value(true));
  CHECK(parse_output("null", Type::number) == Value());
  CHECK(parse_output("", Type::string) == Value());

  CHECK(fault([] { parse_output("-", Type::string); }) ==
        "expected a number, \"text\", true, false or null, got '-' (text stands in quotes: \"text\")");
  CHECK(fault([] { parse_output("1, 2", Type::number); }) == "expected ',' or the end, got ','");
  CHECK(fault([] { parse_output("\"a\"", Type::number); }) ==
        "\"a\" is a string, but the column holds a number");
}

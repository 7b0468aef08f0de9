// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/row_index.hpp"

#include <array>
#include <random>

#include <doctest/doctest.h>

#include "rules/engine/table.hpp"

using namespace vcsr;
using namespace vcsr::rules;

namespace {

using Random = std::mt19937;

int below(Random& random, int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random); }

std::string number(Random& random) {
  const std::string whole = std::to_string(below(random, 400) - 200);
  return below(random, 3) == 0 ? whole + "." + std::to_string(below(random, 100)) : whole;
}

std::string numeric_item(Random& random) {
  const int low = below(random, 300) - 200;
  const std::string from = std::to_string(low), to = std::to_string(low + below(random, 120));
  switch (below(random, 8)) {
    case 0: return number(random);
    case 1: return "< " + number(random);
    case 2: return "<=" + number(random);
    case 3: return ">= " + number(random);
    case 4: return "(" + from + ".." + to + ")";
    case 5: return "]" + from + " .. " + to + "[";
    case 6: return "[" + to + ".." + from + "]";
    default: return "[" + from + ".." + to + "]";
  }
}

std::string text_item(Random& random) {
  const std::string text = "\"s" + std::to_string(below(random, 30)) + "\"";
  return below(random, 12) == 0 ? "\"s\\u0031\"" : text;
}

/// A cell of any shape: looked up, negated, general, or anything.
std::string cell(Random& random, std::size_t column) {
  if (below(random, 6) == 0) return "-";
  if (column == 2) return below(random, 2) == 0 ? "true" : "false";
  const auto item = [&] { return column == 1 ? text_item(random) : numeric_item(random); };
  std::string items = item();
  while (below(random, 3) == 0) items += ", " + item();
  if (below(random, 8) == 0) return "not(" + items + ")";
  if (below(random, 10) == 0) return column == 1 ? "starts with(?, \"s1\")" : "? * 2 > 50";
  if (below(random, 20) == 0) return "null";
  return items;
}

feel::Value input(Random& random, std::size_t column) {
  if (below(random, 25) == 0) return {};
  if (below(random, 25) == 0) return column == 1 ? feel::Value(1) : feel::Value("x");
  if (column == 2) return below(random, 2) == 0;
  if (column == 1) return "s" + std::to_string(below(random, 33));
  return *feel::Number::parse(number(random));
}

Table::Parts parts(Random& random, std::size_t rows, model::HitPolicy policy) {
  Table::Parts parts{.hit_policy = policy};
  const feel::Expression nothing = feel::Expression::parse("null", {});
  for (std::size_t column = 0; column < 3; ++column)
    parts.columns.push_back({.expression = nothing, .name = "c" + std::to_string(column)});
  for (std::size_t row = 0; row < rows; ++row) {
    Table::Row made{.id = std::to_string(row)};
    for (std::size_t column = 0; column < 3; ++column) {
      Table::Cell made_cell{.text = cell(random, column)};
      if (made_cell.text != "-") made_cell.tests = feel::UnaryTests::parse(made_cell.text, {}, {});
      made.conditions.push_back(std::move(made_cell));
    }
    parts.rows.push_back(std::move(made));
  }
  return parts;
}

/// Evaluations of a table with and without an index that differ.
int differences(unsigned seed, std::size_t rows, int evaluations) {
  Random random(seed);
  const model::HitPolicy policy = below(random, 2) == 0 ? model::HitPolicy::first : model::HitPolicy::collect;
  const Table::Parts made = parts(random, rows, policy);
  const Table indexed(made, 0), plain(made, rows);
  int found = 0;
  for (int i = 0; i < evaluations; ++i) {
    std::vector<feel::Value> variables;
    feel::Evaluation evaluation;
    Frame frame{variables, evaluation};
    const std::vector<feel::Value> inputs = {input(random, 0), input(random, 1), input(random, 2)};
    found += indexed.matching(inputs, frame) != plain.matching(inputs, frame);
  }
  return found;
}

}  // namespace

TEST_CASE("an index finds the rows that asking every cell finds") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    CHECK(differences(seed, 1 + seed * 7 % 150, 200) == 0);
  }
  CHECK(differences(1000, 3000, 150) == 0);
}

TEST_CASE("cells that are numbers, ranges or texts alone are looked up, all others are asked") {
  for (const char* const text : {"1", "-1.5", "<= 3", "[1..2]", "(1..2)", "]1..2[", "1, [3..4], > 9",
                                 "not(1, 2)", "\"a\"", "\"a\", \"b\"", "not(\"a\")", "true", "false, true"}) {
    CAPTURE(text);
    CHECK(simple_cell(text));
  }
  for (const char* const text :
       {"", "x", "1 + 1", "1, \"a\"", "\"a\\n\"", "null", "[2..1]", "[\"a\"..\"b\"]", "? > 1", "1 2", "1,",
        "not(1", "not(not(1))", "1e5", "< \"a\"", "date(\"2027-01-01\")", "true and x"}) {
    CAPTURE(text);
    CHECK_FALSE(simple_cell(text));
  }
}

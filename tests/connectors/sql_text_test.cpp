// SPDX-License-Identifier: Apache-2.0
#include "connectors/sql_text.hpp"

#include <doctest/doctest.h>

using namespace vcsr::connectors;

TEST_CASE("parameters are found where they are parameters") {
  const struct {
    const char* statement;
    const char* text;
    std::vector<std::string> parameters;
  } table[] = {
      {"SELECT :a", "SELECT $1", {"a"}},
      {":a_1,:b,:a_1", "$1,$2,$3", {"a_1", "b", "a_1"}},
      {"':a' \":b\" -- :c\n/* :d */ :e", "':a' \":b\" -- :c\n/* :d */ $1", {"e"}},
      {"'it''s :a' :b", "'it''s :a' $1", {"b"}},
      {"x::text = :a::int", "x::text = $1::int", {"a"}},
      {"a : b", "a : b", {}},
      {"'open :a", "'open :a", {}},
      {":", ":", {}},
      {"", "", {}},
  };

  for (const auto& row : table) {
    CAPTURE(row.statement);
    const SqlText made =
        prepared(row.statement, [](std::size_t place) { return "$" + std::to_string(place); });
    CHECK(made.text == row.text);
    CHECK(made.parameters == row.parameters);
  }
}

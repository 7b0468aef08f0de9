// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/type.hpp"

#include <doctest/doctest.h>

namespace vcsr::feel {

using Kind = Type::Kind;

TEST_CASE("types are written as FEEL writes them") {
  const Type person = Type::context_of({{"first name", Kind::string}, {"age", Kind::number}});

  CHECK(Type().text() == "Any");
  CHECK(Type::list_of(person).text() == "list<context<first name: string, age: number>>");
  CHECK(Type::function_of({Kind::date, Kind::number}, Kind::string).text() ==
        "function<date, number>->string");
  CHECK(Type::range_of(Kind::date_and_time).text() == "range<date and time>");
}

TEST_CASE("a type conforms to what says less of the same") {
  const Type narrow = Type::context_of({{"a", Kind::number}, {"b", Kind::string}});
  const Type wide = Type::context_of({{"a", Kind::number}});

  CHECK(conforms(narrow, wide));
  CHECK_FALSE(conforms(wide, narrow));
  CHECK(conforms(narrow, Kind::context));
  CHECK(conforms(Type::list_of(narrow), Type::list_of(wide)));
  CHECK_FALSE(conforms(Kind::date, Kind::date_and_time));
}

TEST_CASE("a function conforms when it takes more and gives less") {
  const Type wide = Type::context_of({{"a", Kind::number}});
  const Type narrow = Type::context_of({{"a", Kind::number}, {"b", Kind::string}});

  CHECK(conforms(Type::function_of({wide}, narrow), Type::function_of({narrow}, wide)));
  CHECK_FALSE(conforms(Type::function_of({narrow}, wide), Type::function_of({wide}, wide)));
  CHECK_FALSE(conforms(Type::function_of({}, wide), Type::function_of({wide}, wide)));
}

}  // namespace vcsr::feel

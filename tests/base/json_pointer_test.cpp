// SPDX-License-Identifier: Apache-2.0
#include "base/json_pointer.hpp"

#include <doctest/doctest.h>

using vcsr::from_json;
using vcsr::pointed;
using vcsr::Value;

TEST_CASE("a JSON pointer finds members, elements and names with signs, or nothing (RFC 6901)") {
  const Value document = from_json(R"({"a": [{"b": 1}, 2], "c/d": 3, "e~f": 4, "~1": 5, "": 6})");

  CHECK(pointed(document, "") == &document);
  CHECK(*pointed(document, "/a/0/b") == Value(1));
  CHECK(*pointed(document, "/a/1") == Value(2));
  CHECK(*pointed(document, "/c~1d") == Value(3));
  CHECK(*pointed(document, "/e~0f") == Value(4));
  CHECK(*pointed(document, "/~01") == Value(5));
  CHECK(*pointed(document, "/") == Value(6));
  for (const char* nowhere : {"/a/2", "/a/x", "/a/-1", "/b", "/a/1/b"})
    CHECK(pointed(document, nowhere) == nullptr);
}

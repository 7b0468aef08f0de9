// SPDX-License-Identifier: Apache-2.0
#include "server/call_order.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

TEST_CASE("an order says whom to call, who shows, how long it rings and what serves the call") {
  const CallOrder order = parse_call_order(
      R"({"to": "tel:+8613800000001", "number": "8000", "from": "+8610555", "hide_from": true, "ring_time": "45s"})");

  CHECK(order.to.uri == "tel:+8613800000001");
  CHECK(order.number == "8000");
  CHECK(order.options.from.uri == "+8610555");
  CHECK(order.options.hide_from);
  CHECK(order.options.ring_time == 45s);
}

TEST_CASE("what is left out is as it always is") {
  const CallOrder order = parse_call_order(R"({"to": "sip:1001", "number": "8000"})");

  CHECK(order.options.from.uri.empty());
  CHECK_FALSE(order.options.hide_from);
  CHECK(order.options.ring_time == OutgoingOptions().ring_time);
}

TEST_CASE("an order that cannot be taken is refused with the field's name") {
  const std::pair<const char*, const char*> faults[] = {
      {"", R"(expected JSON: {"to": "tel:+86…", "number": "8000"})"},
      {"[]", R"(expected JSON: {"to": "tel:+86…", "number": "8000"})"},
      {R"({"number": "8000"})", "to: expected an address such as \"tel:+86…\" or \"sip:1001\""},
      {R"({"to": "123", "number": "1"})", "to: expected an address such as \"tel:+86…\" or \"sip:1001\""},
      {R"({"to": "sip:1"})", "number: expected a number whose flow serves the call"},
      {R"({"to": 5, "number": "1"})", "to: expected text in quotes"},
      {R"({"to": "sip:1", "number": "1", "hide_from": 1})", "hide_from: expected true or false"},
      {R"({"to": "sip:1", "number": "1", "ring_time": "soon"})",
       "ring_time: expected a duration such as \"30s\""},
      {R"({"to": "sip:1", "number": "1", "When": "1"})",
       "When: there is no such field; there are: to, number, from, hide_from, ring_time"}};

  for (const auto& [json, fault] : faults) CHECK_THROWS_WITH_AS(parse_call_order(json), fault, Error);
}

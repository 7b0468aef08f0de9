// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/error.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

using vcsr::Error;

static_assert(!std::is_base_of_v<Error, vcsr::Hangup>);
static_assert(!std::is_base_of_v<std::runtime_error, vcsr::Hangup>);

TEST_CASE("an error's message begins with the place, as far as it is known") {
  struct Row {
    vcsr::Place place;
    std::string message;
  };
  const Row rows[] = {
      {{"bank.toml", 12, "sip.port"}, "bank.toml:12: sip.port: got 0"},
      {{"bank.toml", 12, ""}, "bank.toml:12: got 0"},
      {{"bank.toml", 0, "sip.port"}, "bank.toml: sip.port: got 0"},
      {{"", 12, "sip.port"}, "line 12: sip.port: got 0"},
      {{"", 0, "sip.port"}, "sip.port: got 0"},
      {{}, "got 0"},
  };
  for (const Row& row : rows) CHECK(Error(Error::Code::invalid, row.place, "got 0").what() == row.message);
}

TEST_CASE("an error says what kind it is") {
  using Code = Error::Code;
  const std::pair<Code, std::string> rows[] = {
      {Code::invalid, "invalid"},     {Code::not_found, "not_found"}, {Code::unavailable, "unavailable"},
      {Code::timed_out, "timed_out"}, {Code::refused, "refused"},     {Code::unsupported, "unsupported"},
  };
  for (const auto& row : rows) {
    CHECK(Error(row.first, "x").code() == row.first);
    CHECK(to_string(row.first) == row.second);
  }
}

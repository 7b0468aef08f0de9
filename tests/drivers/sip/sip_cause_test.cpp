// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_cause.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace vcsr::sip;

TEST_CASE("every cause survives the way through a Reason header") {
  struct Row {
    Cause cause;
    int status;
    const char* reason;
  };
  const Row rows[] = {
      {Cause::normal, 480, "Q.850;cause=16"},     {Cause::busy, 486, "Q.850;cause=17"},
      {Cause::no_answer, 480, "Q.850;cause=19"},  {Cause::rejected, 603, "Q.850;cause=21"},
      {Cause::not_found, 404, "Q.850;cause=1"},   {Cause::unreachable, 480, "Q.850;cause=20"},
      {Cause::congestion, 503, "Q.850;cause=42"}, {Cause::incompatible, 488, "Q.850;cause=88"},
      {Cause::lost, 408, "Q.850;cause=102"},      {Cause::failed, 500, "Q.850;cause=41"},
  };

  for (const Row& row : rows) {
    CAPTURE(to_string(row.cause));
    CHECK(status_of(row.cause) == row.status);
    CHECK(reason_of(row.cause) == row.reason);
    CHECK(cause_of_reason(row.reason, Cause::normal) == row.cause);
  }
}

TEST_CASE("final responses are causes") {
  struct Row {
    int status;
    Cause cause;
  };
  const Row rows[] = {
      {486, Cause::busy},         {600, Cause::busy},         {408, Cause::no_answer},
      {487, Cause::no_answer},    {403, Cause::rejected},     {401, Cause::rejected},
      {407, Cause::rejected},     {603, Cause::rejected},     {404, Cause::not_found},
      {604, Cause::not_found},    {484, Cause::not_found},    {410, Cause::not_found},
      {480, Cause::unreachable},  {502, Cause::unreachable},  {503, Cause::congestion},
      {488, Cause::incompatible}, {606, Cause::incompatible}, {415, Cause::incompatible},
      {302, Cause::failed},       {500, Cause::failed},       {999, Cause::failed},
      {0, Cause::failed},
  };

  for (const Row& row : rows) {
    CAPTURE(row.status);
    CHECK(cause_of_status(row.status) == row.cause);
  }
}

TEST_CASE("Q.850 has more numbers than we have causes") {
  struct Row {
    int number;
    Cause cause;
  };
  const Row rows[] = {{31, Cause::normal},     {18, Cause::no_answer},    {27, Cause::unreachable},
                      {34, Cause::congestion}, {65, Cause::incompatible}, {28, Cause::not_found},
                      {57, Cause::rejected},   {127, Cause::failed},      {-1, Cause::failed}};

  for (const Row& row : rows) {
    CAPTURE(row.number);
    CHECK(cause_of_q850(row.number) == row.cause);
  }
}

TEST_CASE("a call that was answered elsewhere is told so in the words that telephones look for") {
  const std::string reason = reason_of(Cause::answered_elsewhere);
  CHECK(reason == "SIP;cause=200;text=\"Call completed elsewhere\"");
  CHECK(cause_of_reason(reason, Cause::failed) == Cause::answered_elsewhere);
  CHECK(cause_of_q850(26) == Cause::answered_elsewhere);
}

TEST_CASE("a Reason without a Q.850 cause tells nothing") {
  CHECK(cause_of_reason("", Cause::busy) == Cause::busy);
  CHECK(cause_of_reason("SIP;cause=487", Cause::busy) == Cause::busy);
  CHECK(cause_of_reason("Q.850", Cause::busy) == Cause::busy);
  CHECK(cause_of_reason("Q.850;cause=x", Cause::busy) == Cause::busy);
  CHECK(cause_of_reason("Q.850;text=\"a\", SIP;cause=17", Cause::lost) == Cause::lost);
  CHECK(cause_of_reason("SIP;cause=200, Q.850;cause=19;text=\"no answer\"", Cause::busy) == Cause::no_answer);
}

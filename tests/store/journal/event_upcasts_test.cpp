// SPDX-License-Identifier: Apache-2.0
#include "store/journal/event_upcasts.hpp"

#include <doctest/doctest.h>

#include "store/journal/journal_backend.hpp"
#include "vcsr/journal_events.hpp"

using namespace vcsr;

namespace {

Facts read_as(const char* type, int version, const std::string& data) {
  return entry_of({.number = 1, .at = {}, .version = version, .type = type, .subject = "c", .data = data})
      .data;
}

}  // namespace

TEST_CASE("an entry of an earlier version is read as it would be written today") {
  CHECK(read_as(events::contact_closed, 1, R"({"talked":3.0})") == Facts{{"held", 0.0}, {"talked", 3.0}});
  CHECK(read_as(events::contact_disconnected, 1, "{}") == Facts{{"held", 0.0}});
  CHECK(read_as(events::recording_paused, 1, R"({"paused":true})") ==
        Facts{{"paused", true}, {"reason", ""}});
  CHECK(read_as(events::contact_arrived, 1, "{}") == Facts{{"direction", "in"}});
}

TEST_CASE("what an earlier version did say stays, and today's entries are read as they are") {
  CHECK(read_as(events::contact_closed, 1, R"({"held":2.0})") == Facts{{"held", 2.0}});
  CHECK(read_as(events::contact_closed, event_version(events::contact_closed), "{}") == Facts{});
  CHECK(read_as("bank.transfer", 1, R"({"sum":5})") == Facts{{"sum", 5}});
}

TEST_CASE("types that never changed, and those nobody knows, are of version 1") {
  CHECK(event_version(events::contact_closed) == 2);
  CHECK(event_version(events::contact_queued) == 1);
  CHECK(event_version("bank.transfer") == 1);
}

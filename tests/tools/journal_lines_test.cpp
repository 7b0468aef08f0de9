// SPDX-License-Identifier: Apache-2.0
#include "tools/journal_lines.hpp"

#include <doctest/doctest.h>

namespace vcsr {

namespace {

JournalEntry queued() {
  return {.number = 12,
          .at = parse_wall_time("2026-11-22T09:30:00.250Z"),
          .type = "contact.queued",
          .subject = "c1",
          .data = {{"queue", "service"},
                   {"position", 1},
                   {"note", "two words"},
                   {"empty", ""},
                   {"list", Value::List{1, 2}}}};
}

}  // namespace

TEST_CASE("an entry is a line that people can read") {
  CHECK(
      line_of(queued()) ==
      "    12  2026-11-22T09:30:00.250Z  contact.queued        c1  empty=\"\" list=[1,2] note=\"two words\" "
      "position=1 queue=service");
}

TEST_CASE("an entry without data ends at its subject") {
  JournalEntry entry = queued();
  entry.data.clear();

  CHECK(line_of(entry) == "    12  2026-11-22T09:30:00.250Z  contact.queued        c1");
}

TEST_CASE("an entry is one line of JSON") {
  CHECK(
      json_of(queued()) ==
      R"({"at":"2026-11-22T09:30:00.250Z","data":{"empty":"","list":[1,2],"note":"two words","position":1,"queue":"service"},)"
      R"("number":12,"subject":"c1","type":"contact.queued"})");
}

TEST_CASE("an exported entry has all that is stored") {
  const StoredEntry stored{.number = 3,
                           .at = parse_wall_time("2026-11-22T09:30:00.250Z"),
                           .version = 2,
                           .type = "contact.closed",
                           .subject = "c1",
                           .data = R"({"held":0.0})",
                           .hash = JournalHash{0xab}};
  StoredEntry old = stored;
  old.hash.reset();

  CHECK(json_of(stored) == R"({"at":"2026-11-22T09:30:00.250Z","data":{"held":0.0},"hash":"ab)" +
                               std::string(62, '0') +
                               R"(","number":3,"subject":"c1","type":"contact.closed","version":2})");
  CHECK(json_of(old).find("hash") == std::string::npos);
}

TEST_CASE("a filter lets the entries about one subject through") {
  CHECK(JournalFilter{.subject = "c1"}.passes(queued()));
  CHECK_FALSE(JournalFilter{.subject = "c2"}.passes(queued()));
}

TEST_CASE("a filter lets a type or a family of types through") {
  CHECK(JournalFilter{}.passes(queued()));
  CHECK(JournalFilter{.type = "contact.queued"}.passes(queued()));
  CHECK(JournalFilter{.type = "contact"}.passes(queued()));
  CHECK_FALSE(JournalFilter{.type = "contact.queue"}.passes(queued()));
  CHECK_FALSE(JournalFilter{.type = "agent"}.passes(queued()));
}

TEST_CASE("a contact's entries are those about it and those that mention it") {
  JournalEntry agent = queued();
  agent.type = "agent.state";
  agent.subject = "1001";
  agent.data = {{"contact", "c1"}};

  CHECK(JournalFilter{.contact = "c1"}.passes(queued()));
  CHECK(JournalFilter{.contact = "c1"}.passes(agent));
  CHECK_FALSE(JournalFilter{.contact = "c2"}.passes(queued()));
  CHECK_FALSE(JournalFilter{.contact = "c2"}.passes(agent));
}

}  // namespace vcsr

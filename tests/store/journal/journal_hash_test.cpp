// SPDX-License-Identifier: Apache-2.0
#include "store/journal/journal_hash.hpp"

#include <doctest/doctest.h>

using namespace vcsr;

// As Python's hashlib computes them: 32 bytes of the hash before, then number, time in microseconds, version
// and the lengths of type and subject as 64 bits each, highest byte first, then type, subject and data.
TEST_CASE("the hash of an entry is SHA-256 over the hash before it and all its parts") {
  JournalHasher hasher;

  const JournalHash first =
      hasher.after({}, {.number = 1,
                        .at = WallTime(std::chrono::microseconds(1'700'000'000'000'123)),
                        .version = 1,
                        .type = "contact.arrived",
                        .subject = "c-1",
                        .data = R"({"channel":"voice"})"});
  const JournalHash second = hasher.after(first, {.number = 2,
                                                  .at = WallTime(std::chrono::microseconds(-5)),
                                                  .version = 2,
                                                  .type = "contact.closed",
                                                  .subject = "",
                                                  .data = "{}"});

  CHECK(to_string(first) == "bae5d700425ada5627c24c6f436bd3b707bb4bddf3515591af995c948a8aa7c2");
  CHECK(to_string(second) == "971e1739e98addceb95aedf40c38e1bec60ccf16afc53e16d9d6f6ca319b3a2c");
}

TEST_CASE("what moves from one part of an entry to the next changes its hash") {
  JournalHasher hasher;
  const HashedEntry one{.number = 1, .at = {}, .version = 1, .type = "ab", .subject = "c", .data = "{}"};
  HashedEntry other = one;
  other.type = "a";
  other.subject = "bc";

  CHECK(hasher.after({}, one) == hasher.after({}, one));
  CHECK(hasher.after({}, one) != hasher.after({}, other));
}

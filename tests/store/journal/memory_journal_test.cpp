// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "store/journal/journal_contract.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;

TEST_CASE("the journal in memory keeps the contract") {
  SimLoop loop;
  const std::unique_ptr<Journal> journal = make_memory_journal(loop);

  check_journal_contract(loop, *journal);
}

TEST_CASE("a journal that keeps nothing still counts and serves its followers") {
  SimLoop loop;
  const std::unique_ptr<Journal> journal = make_memory_journal(loop, 0);
  Numbers heard;

  append_many(*journal, 3);
  const Journal::Subscription subscription =
      journal->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  loop.run();
  append_many(*journal, 2);
  loop.run();

  CHECK(journal->last() == 5);
  CHECK(heard == numbers(4, 5));
  CHECK(outcome(loop, journal->read(1, 10)).empty());
}

TEST_CASE("a journal that keeps the newest entries begins with the oldest of them") {
  SimLoop loop;
  const std::unique_ptr<Journal> journal = make_memory_journal(loop, 3);
  Numbers heard;

  append_many(*journal, 10);
  const std::vector<JournalEntry> kept = outcome(loop, journal->read(1, 10));
  const Journal::Subscription subscription =
      journal->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  loop.run();

  CHECK(kept.size() == 3);
  CHECK(heard == numbers(8, 10));
}

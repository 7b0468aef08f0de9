// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <doctest/doctest.h>

#include "store/journal/killed_writer.hpp"
#include "store/sqlite/folder.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;

TEST_CASE("what was acknowledged is there after the process was killed, without a gap") {
  const TemporaryFolder folder;
  std::minstd_rand random(1);

  for (int cycle = 0; cycle < 20; ++cycle) {
    CAPTURE(cycle);
    const std::uint64_t told =
        last_told([&](Loop& loop) { return open_sqlite_journal(loop, folder / "journal.db"); },
                  1 + static_cast<int>(random() % 40));

    SimLoop loop;
    const auto journal = open_sqlite_journal(loop, folder / "journal.db", {.worker = Worker::Mode::on_loop});
    const std::vector<JournalEntry> entries = outcome(loop, journal->read(1, SIZE_MAX));
    Numbers found;
    for (const JournalEntry& entry : entries) found.push_back(entry.number);

    CHECK(journal->last() >= told);
    CHECK(found == numbers(1, journal->last()));
  }
}

// SPDX-License-Identifier: Apache-2.0
#include "store/journal/journal_check.hpp"

#include <doctest/doctest.h>

#include "store/journal/journal_contract.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/folder.hpp"
#include "store/sqlite/sqlite_reader.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;

namespace {

void write_journal(const std::string& path, int entries) {
  SimLoop loop;
  append_many(*open_sqlite_journal(loop, path, {.worker = Worker::Mode::on_loop}), entries);
}

JournalReport report_on(const std::string& path) { return check_journal(*make_sqlite_reader(path)); }

/// What a report says after somebody changed the file behind the program's back.
JournalReport after(const TemporaryFolder& folder, const std::string& change) {
  const std::string path = folder / "journal.db";
  write_journal(path, 3000);
  SQLite::Database(path, SQLite::OPEN_READWRITE).exec(change);
  return report_on(path);
}

}  // namespace

TEST_CASE("a journal nobody touched is good to its last entry, over several runs") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  write_journal(path, 20);
  const JournalReport early = report_on(path);

  write_journal(path, 4000);
  std::uint64_t told = 0;
  const JournalReport report = check_journal(*make_sqlite_reader(path), [&](const StoredEntry&) { ++told; });

  CHECK(early.good == 20);
  CHECK(report.chained);
  CHECK_FALSE(report.fault.has_value());
  CHECK(report.good == 4020);
  CHECK(told == 4020);
  CHECK(report.head != early.head);
  CHECK(early.head != JournalHash{});
}

TEST_CASE("whatever of an entry was changed, it is the first bad one") {
  for (const char* const change :
       {"at = at + 1", "type = 'call.ended'", "subject = 'call-2'", "data = '{\"step\":1000}'", "version = 9",
        "hash = randomblob(32)", "hash = x''"}) {
    CAPTURE(change);
    const TemporaryFolder folder;

    const JournalReport report =
        after(folder, std::string("UPDATE journal SET ") + change + " WHERE number = 2500");

    REQUIRE(report.fault.has_value());
    CHECK(report.fault->number == 2500);
    CHECK(report.good == 2499);
  }
}

TEST_CASE("an entry that was taken out, or put in the place of another, is noticed") {
  const TemporaryFolder folder, other;

  const JournalReport missing = after(folder, "DELETE FROM journal WHERE number = 7");
  const JournalReport swapped = after(
      other,
      "UPDATE journal SET (data, hash) = (SELECT data, hash FROM journal WHERE number = 8) WHERE number = 7");

  REQUIRE(missing.fault.has_value());
  CHECK(missing.fault->number == 7);
  CHECK(missing.fault->why == "it is missing: the next entry is 8");
  REQUIRE(swapped.fault.has_value());
  CHECK(swapped.fault->number == 7);
}

TEST_CASE("an entry changed together with its own hash breaks the chain at the next one") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  write_journal(path, 10);
  StoredEntry forged = make_sqlite_reader(path)->read(4, 1).at(0);
  forged.data = R"({"step":999})";
  const JournalHash before = *make_sqlite_reader(path)->read(3, 1).at(0).hash;
  const JournalHash hash = JournalHasher().after(before, {.number = forged.number,
                                                          .at = forged.at,
                                                          .version = forged.version,
                                                          .type = forged.type,
                                                          .subject = forged.subject,
                                                          .data = forged.data});

  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    SQLite::Statement update(database, "UPDATE journal SET data = ?, hash = ? WHERE number = 4");
    update.bind(1, forged.data);
    update.bind(2, hash.data(), static_cast<int>(hash.size()));
    update.exec();
  }
  const JournalReport report = report_on(path);

  REQUIRE(report.fault.has_value());
  CHECK(report.fault->number == 5);
}

TEST_CASE("a journal whose file is damaged is good up to there") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  write_journal(path, 5000);

  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2 / 4096 * 4096);
  const JournalReport report = report_on(path);

  REQUIRE(report.fault.has_value());
  CHECK(report.fault->why.find("the file is damaged") != std::string::npos);
}

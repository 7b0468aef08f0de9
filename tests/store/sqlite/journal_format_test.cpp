// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/journal_format.hpp"

#include <doctest/doctest.h>

#include "store/journal/journal_check.hpp"
#include "store/journal/journal_contract.hpp"
#include "store/sqlite/folder.hpp"
#include "store/sqlite/sqlite_reader.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;

namespace {

const SqliteOptions on_loop{.worker = Worker::Mode::on_loop};

/// As the first release wrote it.
std::string old_journal(const TemporaryFolder& folder) {
  const std::string path = folder / "journal.db";
  SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec("PRAGMA journal_mode=WAL");
  database.exec(
      "CREATE TABLE journal (number INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
      " type TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL) STRICT");
  database.exec(
      "INSERT INTO journal VALUES (1, 5, 'contact.arrived', 'c', '{}'),"
      " (2, 6, 'contact.closed', 'c', '{\"talked\":2.5}')");
  return path;
}

}  // namespace

TEST_CASE(
    "a journal of an earlier version is not touched: how to migrate it, and where the copy is, is said") {
  const TemporaryFolder folder;
  const std::string path = old_journal(folder);
  SimLoop loop;

  CHECK(thrown(Error::Code::unavailable, [&] { open_sqlite_journal(loop, path, on_loop); }) ==
        "journal '" + path +
            "': an earlier version of this program wrote it (format 1); bring it up to date with "
            "'vcsr journal migrate " +
            path + "', which leaves a copy at '" + path + ".format-1'");
  CHECK(make_sqlite_reader(path)->last() == 2);
}

TEST_CASE("a journal of an earlier version can be read, as far as numbers go also checked") {
  const TemporaryFolder folder;
  const std::string path = old_journal(folder);
  SimLoop loop;
  const auto journal = read_sqlite_journal(loop, path, on_loop);

  const std::vector<JournalEntry> entries = outcome(loop, journal->read(1, 10));
  const JournalReport report = check_journal(*make_sqlite_reader(path));

  REQUIRE(entries.size() == 2);
  CHECK(entries[1].data == Facts{{"held", 0.0}, {"talked", 2.5}});
  CHECK(report.good == 2);
  CHECK_FALSE(report.chained);
  CHECK_FALSE(report.fault.has_value());
}

TEST_CASE("a migration leaves a copy as it was and a journal that goes on, chained from its first entry") {
  const TemporaryFolder folder;
  const std::string path = old_journal(folder);

  const JournalMigration migration = migrate_sqlite_journal(path, journal_backup(path));
  const JournalMigration again = migrate_sqlite_journal(path, journal_backup(path));
  {
    SimLoop loop;
    append_many(*open_sqlite_journal(loop, path, on_loop), 3);
  }
  const JournalReport report = check_journal(*make_sqlite_reader(path));

  CHECK(migration.from == 1);
  CHECK(migration.to == 2);
  CHECK(migration.entries == 2);
  CHECK(again.from == 2);
  CHECK(report.good == 5);
  CHECK(report.chained);
  CHECK_FALSE(report.fault.has_value());
  CHECK(make_sqlite_reader(journal_backup(path))->last() == 2);
  CHECK_FALSE(check_journal(*make_sqlite_reader(journal_backup(path))).chained);
}

TEST_CASE("a migration neither writes over an older copy nor begins while the journal is in use") {
  const TemporaryFolder folder;
  const std::string path = old_journal(folder), other = folder / "other.db";
  SimLoop loop;
  const auto journal = open_sqlite_journal(loop, other, on_loop);
  std::filesystem::copy_file(path, journal_backup(path));

  CHECK(thrown(Error::Code::refused, [&] { migrate_sqlite_journal(path, journal_backup(path)); }) ==
        "journal '" + path + "': '" + journal_backup(path) + "' is in the way of its copy; move it away");
  CHECK(make_sqlite_reader(path)->read(1, 1).at(0).hash == std::nullopt);
  CHECK(thrown(Error::Code::refused, [&] { migrate_sqlite_journal(other, ""); }).find("is writing it") !=
        std::string::npos);
}

TEST_CASE("a journal of a later version is named as such") {
  const TemporaryFolder folder;
  const std::string path = old_journal(folder);
  SQLite::Database(path, SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 3");
  SimLoop loop;
  const std::string why =
      "journal '" + path +
      "': a newer version of this program wrote it (format 3, this one knows 2); use that version";

  CHECK(thrown(Error::Code::unavailable, [&] { open_sqlite_journal(loop, path, on_loop); }) == why);
  CHECK(thrown(Error::Code::unavailable, [&] { make_sqlite_reader(path)->last(); }) == why);
}

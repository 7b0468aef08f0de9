// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "store/journal/journal_contract.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/faulty_disk.hpp"
#include "store/sqlite/folder.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

SqliteOptions on_loop(Log log = {}) { return {.worker = Worker::Mode::on_loop, .log = std::move(log)}; }

Numbers stored_numbers(const std::string& path) {
  SQLite::Database database(path, SQLite::OPEN_READONLY);
  SQLite::Statement query(database, "SELECT number FROM journal ORDER BY number");
  Numbers all;
  while (query.executeStep()) all.push_back(static_cast<std::uint64_t>(query.getColumn(0).getInt64()));
  return all;
}

}  // namespace

TEST_CASE("the journal in SQLite keeps the contract in a simulation") {
  const TemporaryFolder folder;
  SimLoop loop;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db", on_loop());

  check_journal_contract(loop, *journal);
}

TEST_CASE("the journal in SQLite keeps the contract on a thread of its own") {
  const TemporaryFolder folder;
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db");

  check_journal_contract(loop, *journal);
}

TEST_CASE("in a simulation an entry is durable when append() returns") {
  const TemporaryFolder folder;
  SimLoop loop;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db", on_loop());

  append_many(*journal, 3);

  CHECK(stored_numbers(folder / "journal.db") == numbers(1, 3));
}

TEST_CASE("numbers continue after a restart, and what was queued is written before") {
  const TemporaryFolder folder;
  AsioLoop loop;
  Numbers heard;
  {
    const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db", {.group = 1h});
    append_many(*journal, 700);
  }

  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db");
  const Journal::Subscription subscription =
      journal->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  append_many(*journal, 300);
  run_until(loop, [&] { return heard.size() >= 1000; });

  CHECK(journal->last() == 1000);
  CHECK(heard == numbers(1, 1000));
}

TEST_CASE("entries of one group share one commit") {
  const TemporaryFolder folder;
  AsioLoop loop;
  FaultyDisk disk;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db", {.group = 20ms});
  append_many(*journal, 1);
  outcome(loop, journal->durable());
  const int before = disk.operations();

  append_many(*journal, 20);
  outcome(loop, journal->durable());

  CHECK(disk.operations() - before < 20);
}

TEST_CASE("whoever waits for durability does not wait for the group to fill") {
  const TemporaryFolder folder;
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db", {.group = 1h});

  append_many(*journal, 2);
  outcome(loop, journal->durable());
  append_many(*journal, 1);
  Task<> first = journal->durable();
  first.start();
  append_many(*journal, 1);
  outcome(loop, journal->durable());

  CHECK(first.done());
  CHECK(stored_numbers(folder / "journal.db") == numbers(1, 4));
}

TEST_CASE("those who wait at the same time share a commit, and one begins every 10 ms at most") {
  const TemporaryFolder folder;
  AsioLoop loop;
  FaultyDisk disk;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db", {.group = 1h});
  append_many(*journal, 1);
  outcome(loop, journal->durable());
  const int before = disk.syncs();
  const Timestamp began = loop.now();
  std::size_t served = 0;
  const auto wait = [](Journal& journal, std::size_t& served) -> Task<> {
    append_many(journal, 1);
    co_await journal.durable();
    ++served;
  };

  Scope waiting(loop);
  for (int i = 0; i < 100; ++i) loop.at(began + i * 1ms, [&] { waiting.spawn(wait(*journal, served)); });
  run_until(loop, [&] { return served == 100; });

  const std::int64_t slots = (loop.now() - began) / 10ms + 2;
  CHECK(disk.syncs() - before <= slots);
}

TEST_CASE("a hundred who wait at once share two commits at most") {
  const TemporaryFolder folder;
  AsioLoop loop;
  FaultyDisk disk;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db", {.group = 1h});
  append_many(*journal, 1);
  outcome(loop, journal->durable());
  const int before = disk.syncs();
  std::vector<Task<>> waiting;

  for (int i = 0; i < 100; ++i) {
    append_many(*journal, 1);
    waiting.push_back(journal->durable());
    waiting.back().start();
  }
  run_until(loop, [&] {
    return std::all_of(waiting.begin(), waiting.end(), [](const Task<>& one) { return one.done(); });
  });

  CHECK(disk.syncs() - before <= 2);
}

TEST_CASE("a wait for durability that is given up does no harm") {
  const TemporaryFolder folder;
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db");
  append_many(*journal, 1);

  {
    Task<> impatient = journal->durable();
    impatient.start();
    CHECK_FALSE(impatient.done());
  }
  outcome(loop, journal->durable());

  CHECK(stored_numbers(folder / "journal.db") == numbers(1, 1));
}

TEST_CASE("durable() is about what was appended before it was called") {
  const TemporaryFolder folder;
  SimLoop loop;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db", on_loop());
  SQLite::Database other(folder / "journal.db", SQLite::OPEN_READWRITE);

  Task<> nothing_yet = journal->durable();
  other.exec("BEGIN IMMEDIATE");
  append_many(*journal, 1);
  nothing_yet.start();

  CHECK(nothing_yet.done());
}

TEST_CASE("a locked journal keeps its entries in memory, says so, and recovers by itself") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  SimLoop loop;
  Lines lines(loop);
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, path, on_loop(lines.log));
  Numbers heard;
  const Journal::Subscription subscription =
      journal->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  SQLite::Database other(path, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  const std::string why = "journal '" + path + "': locked by another program; end the program that holds it";

  append_many(*journal, 3);
  Task<> durable = journal->durable();
  durable.start();
  loop.run_for(1500ms);
  CHECK(journal->trouble() == why + " (3 entries wait in memory)");
  CHECK(heard.empty());
  CHECK_FALSE(durable.done());
  other.exec("ROLLBACK");
  loop.run();

  CHECK(journal->trouble() == "");
  CHECK(durable.done());
  CHECK(heard == numbers(1, 3));
  CHECK(lines.lines ==
        std::vector<std::string>{
            "warning journal: entries wait in memory, trying again each second why=\"" + why + "\"",
            "info journal: entries are durable again last=1"});
}

TEST_CASE("a journal loses nothing, at whatever write or sync the disk fails") {
  FaultyDisk disk;
  bool reached_end = false;

  for (int operation = 1; !reached_end; ++operation) {
    CAPTURE(operation);
    for (const int code : {SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC}) {
      const TemporaryFolder folder;
      SimLoop loop;
      const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, folder / "journal.db", on_loop());
      append_many(*journal, 2);

      disk.fail_after(operation, code);
      append_many(*journal, 3);
      loop.run_for(2500ms);
      reached_end = journal->trouble().empty();
      disk.repair();
      loop.run_for(1s);
      append_many(*journal, 1);

      CHECK(journal->trouble() == "");
      CHECK(stored_numbers(folder / "journal.db") == numbers(1, 6));
    }
    REQUIRE(operation < 1000);
  }
}

TEST_CASE("a full disk and a failing disk are told apart") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  FaultyDisk disk;
  SimLoop loop;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, path, on_loop());

  disk.fail_after(1, SQLITE_FULL);
  append_many(*journal, 1);
  const std::string full = journal->trouble();
  disk.fail_after(1, SQLITE_IOERR_FSYNC);
  loop.run_for(1s);
  const std::string failing = journal->trouble();
  disk.repair();

  CHECK(full == "journal '" + path + "': the disk is full; free some space (1 entries wait in memory)");
  CHECK(failing == "journal '" + path +
                       "': input/output error (disk I/O error); check the disk (1 entries wait in memory)");
}

TEST_CASE("a disk that does not answer is trouble after five seconds") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  FaultyDisk disk;
  SimLoop loop;
  std::unique_ptr<Journal> journal = open_sqlite_journal(loop, path);

  disk.hold();
  append_many(*journal, 2);
  loop.run_for(5s);
  const std::string early = journal->trouble();
  loop.run_for(1s);
  const std::string late = journal->trouble();
  disk.release();
  journal.reset();

  CHECK(early == "");
  CHECK(late ==
        "journal '" + path + "': the disk does not finish writing; check it (2 entries wait in memory)");
  CHECK(stored_numbers(path) == numbers(1, 2));
}

TEST_CASE("what cannot be written before the end is logged as lost") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  FaultyDisk disk;
  SimLoop loop;
  Lines lines(loop);
  std::unique_ptr<Journal> journal = open_sqlite_journal(loop, path, on_loop(lines.log));
  append_many(*journal, 2);

  disk.fail_after(1, SQLITE_FULL);
  append_many(*journal, 3);
  journal.reset();
  disk.repair();

  REQUIRE(lines.lines.size() == 2);
  CHECK(lines.lines[1] == "error journal: entries are lost why=\"journal '" + path +
                              "': the disk is full; free some space\" lost=3 first=3");
}

TEST_CASE("a database that vanishes is trouble, not a new journal") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  FaultyDisk disk;
  SimLoop loop;
  const std::unique_ptr<Journal> journal = open_sqlite_journal(loop, path, on_loop());
  disk.fail_after(1, SQLITE_IOERR_WRITE);
  append_many(*journal, 1);
  for (const char* const part : {"", "-wal", "-shm"}) std::filesystem::remove(path + part);
  disk.repair();

  loop.run_for(1s);

  CHECK(journal->trouble() == "journal '" + path + "': the file does not exist (1 entries wait in memory)");
}

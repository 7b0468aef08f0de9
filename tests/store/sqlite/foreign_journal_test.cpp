// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "store/journal/journal_contract.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/folder.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

const SqliteOptions on_loop{.worker = Worker::Mode::on_loop};

}  // namespace

TEST_CASE("somebody else's journal is followed from the past into the present") {
  const TemporaryFolder folder;
  SimLoop loop;
  const auto writer = open_sqlite_journal(loop, folder / "journal.db", on_loop);
  append_many(*writer, 600);
  const auto reader = read_sqlite_journal(loop, folder / "journal.db", on_loop);
  Numbers heard;

  const Journal::Subscription subscription =
      reader->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  loop.run_for(100ms);
  CHECK(heard == numbers(1, 600));
  append_many(*writer, 3);
  loop.run_for(200ms);

  CHECK(heard == numbers(1, 603));
  CHECK(reader->last() == 603);
  CHECK(outcome(loop, reader->read(602, 10)).size() == 2);
}

TEST_CASE("somebody else's journal is looked at only while somebody follows") {
  const TemporaryFolder folder;
  SimLoop loop;
  const auto writer = open_sqlite_journal(loop, folder / "journal.db", on_loop);
  const auto reader = read_sqlite_journal(loop, folder / "journal.db", on_loop);
  Numbers heard;
  const auto hear = [&heard](const JournalEntry& entry) { heard.push_back(entry.number); };
  std::optional<Journal::Subscription> subscription = reader->follow(1, hear);
  loop.run_for(1s);

  subscription.reset();
  loop.run();
  append_many(*writer, 2);
  subscription = reader->follow(2, hear);
  loop.run_for(300ms);

  CHECK(heard == numbers(2, 2));
}

TEST_CASE("somebody else's journal is followed from another thread") {
  const TemporaryFolder folder;
  AsioLoop loop;
  const auto writer = open_sqlite_journal(loop, folder / "journal.db");
  const auto reader = read_sqlite_journal(loop, folder / "journal.db");
  Numbers heard;

  const Journal::Subscription subscription =
      reader->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  append_many(*writer, 1000);
  run_until(loop, [&] { return heard.size() >= 1000; });

  CHECK(heard == numbers(1, 1000));
}

TEST_CASE("somebody else's journal cannot be written") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  SimLoop loop;
  const auto writer = open_sqlite_journal(loop, path, on_loop);
  const auto reader = read_sqlite_journal(loop, path, on_loop);

  CHECK(thrown(Error::Code::unsupported, [&] { reader->append("a", "b", {}); }) ==
        "journal '" + path + "': it is open for reading only");
}

TEST_CASE("a journal that was closed can still be read") {
  const TemporaryFolder folder;
  SimLoop loop;
  {
    const auto writer = open_sqlite_journal(loop, folder / "journal.db", on_loop);
    append_many(*writer, 2);
  }

  const auto reader = read_sqlite_journal(loop, folder / "journal.db", on_loop);

  CHECK(reader->last() == 2);
  CHECK(outcome(loop, reader->read(1, 10)).size() == 2);
}

TEST_CASE("what is no journal is named when it is opened for reading") {
  const TemporaryFolder folder;
  const std::string missing = folder / "journal.db";
  const std::string other = folder / "customers.db";
  SimLoop loop;
  open_sqlite_customers(loop, other, on_loop);

  CHECK(thrown(Error::Code::unavailable, [&] { read_sqlite_journal(loop, missing, on_loop); }) ==
        "journal '" + missing + "': the file does not exist");
  CHECK(thrown(Error::Code::unavailable, [&] { read_sqlite_journal(loop, other, on_loop); }) ==
        "journal '" + other + "': the file is not a journal; name another file");
}

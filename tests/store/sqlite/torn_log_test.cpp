// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/torn_log.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "store/journal/journal_contract.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/folder.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;

namespace fs = std::filesystem;

namespace {

const std::string entries_path = "journal.db";

/// What is on the disk while the journal is being written, as a power cut leaves it.
void cut(const TemporaryFolder& from, const TemporaryFolder& to) {
  for (const char* const part : {"", "-wal"})
    fs::copy_file(from / (entries_path + part), to / (entries_path + part));
}

struct Opened {
  std::uint64_t last;
  std::vector<std::string> said;
};

Opened open_again(const std::string& path) {
  SimLoop loop;
  Lines lines(loop);
  const auto journal = open_sqlite_journal(loop, path, {.worker = Worker::Mode::on_loop, .log = lines.log});
  return {journal->last(), lines.lines};
}

}  // namespace

TEST_CASE("a journal opens up to its last whole commit wherever its log is torn, and says what was dropped") {
  const TemporaryFolder folder;
  SimLoop loop;
  const auto journal = open_sqlite_journal(loop, folder / entries_path, {.worker = Worker::Mode::on_loop});
  append_many(*journal, 3);
  const std::uint64_t three = fs::file_size(folder / (entries_path + "-wal"));
  append_many(*journal, 1);
  const std::uint64_t four = fs::file_size(folder / (entries_path + "-wal"));

  for (const std::uint64_t left : {three, three + 1, three + 24, (three + four) / 2, four - 1, four}) {
    CAPTURE(left);
    const TemporaryFolder copy;
    cut(folder, copy);
    fs::resize_file(copy / (entries_path + "-wal"), left);
    const std::uint64_t torn = sqlite::torn_bytes(copy / entries_path);
    const Opened opened = open_again(copy / entries_path);

    CHECK(opened.last == (left == four ? 4 : 3));
    CHECK(torn == (left == four ? 0 : left - three));
    REQUIRE(opened.said.size() == (torn > 0 ? 1 : 0));
    if (torn > 0)
      CHECK(opened.said[0] ==
            "warning journal: the end of the journal was not whole and is dropped: nobody was told "
            "that it is durable file=" +
                (copy / (entries_path + "-wal")) + " bytes=" + std::to_string(torn) + " last=3");
  }
}

TEST_CASE("a log whose last commit was written over opens at the commit before") {
  const TemporaryFolder folder, copy;
  SimLoop loop;
  const auto journal = open_sqlite_journal(loop, folder / entries_path, {.worker = Worker::Mode::on_loop});
  append_many(*journal, 4);
  cut(folder, copy);

  const std::string log = copy / (entries_path + "-wal");
  std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(fs::file_size(log)) - 200);
  file.write("torn", 4);
  file.close();

  CHECK(sqlite::torn_bytes(copy / entries_path) > 0);
  CHECK(open_again(copy / entries_path).last == 3);
}

TEST_CASE("a log that began anew over an old one is whole") {
  const TemporaryFolder folder, copy;
  SimLoop loop;
  const auto journal = open_sqlite_journal(loop, folder / entries_path, {.worker = Worker::Mode::on_loop});
  append_many(*journal, 30);
  SQLite::Database(folder / entries_path, SQLite::OPEN_READWRITE).exec("PRAGMA wal_checkpoint(RESTART)");
  append_many(*journal, 2);
  cut(folder, copy);

  CHECK(sqlite::torn_bytes(copy / entries_path) == 0);
  CHECK(open_again(copy / entries_path).last == 32);
}

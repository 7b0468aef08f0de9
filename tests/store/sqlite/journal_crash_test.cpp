// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/journal/journal_contract.hpp"
#include "store/sqlite/folder.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;

namespace {

/// Appends for ever and tells the pipe the number of each entry that may be acknowledged.
[[noreturn]] void append_for_ever(const std::string& path, int pipe) {
  AsioLoop loop;
  const auto journal = open_sqlite_journal(loop, path);
  const auto work = [](Journal& journal, int pipe) -> Task<> {
    for (;;) {
      append_many(journal, 7);
      const std::uint64_t number = journal.last();
      append_many(journal, 3);
      co_await journal.durable();
      if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(1);
    }
  };
  Task<> appending = work(*journal, pipe);
  appending.start();
  loop.run();
  ::_exit(1);
}

/// The last number told by a process that is killed after it has told `count` of them.
std::uint64_t last_told(const std::string& path, int count) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) append_for_ever(path, ends[1]);
  ::close(ends[1]);
  std::uint64_t number = 0;
  for (int i = 0; i < count; ++i) REQUIRE(::read(ends[0], &number, sizeof number) == sizeof number);
  ::kill(child, SIGKILL);
  while (::read(ends[0], &number, sizeof number) == sizeof number) {
  }
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return number;
}

}  // namespace

TEST_CASE("what was acknowledged is there after the process was killed, without a gap") {
  const TemporaryFolder folder;
  std::minstd_rand random(1);

  for (int cycle = 0; cycle < 20; ++cycle) {
    CAPTURE(cycle);
    const std::uint64_t told = last_told(folder / "journal.db", 1 + static_cast<int>(random() % 40));

    SimLoop loop;
    const auto journal = open_sqlite_journal(loop, folder / "journal.db", {.worker = Worker::Mode::on_loop});
    const std::vector<JournalEntry> entries = outcome(loop, journal->read(1, SIZE_MAX));
    Numbers found;
    for (const JournalEntry& entry : entries) found.push_back(entry.number);

    CHECK(journal->last() >= told);
    CHECK(found == numbers(1, journal->last()));
  }
}

// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/journal_lock.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sqlite/folder.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;

namespace {

std::string refusal(const std::string& path) {
  SimLoop loop;
  return thrown(Error::Code::refused,
                [&] { open_sqlite_journal(loop, path, {.worker = Worker::Mode::on_loop}); });
}

/// A process that has the journal open until it is killed.
pid_t fork_holder(const std::string& path) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    SimLoop loop;
    const auto journal = open_sqlite_journal(loop, path, {.worker = Worker::Mode::on_loop});
    const ssize_t told = ::write(ends[1], "x", 1);
    while (told == 1) ::pause();
    ::_exit(1);
  }
  ::close(ends[1]);
  char ready = 0;
  CHECK(::read(ends[0], &ready, 1) == 1);
  ::close(ends[0]);
  return child;
}

}  // namespace

TEST_CASE("a journal is written by one process, which is named to the second") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  const pid_t holder = fork_holder(path);

  const std::string message = refusal(path);
  ::kill(holder, SIGKILL);
  ::waitpid(holder, nullptr, 0);

  CHECK(message == "journal '" + path + "': process " + std::to_string(holder) +
                       " is writing it; end that one or name another file");
  SimLoop loop;
  CHECK_NOTHROW(open_sqlite_journal(loop, path, {.worker = Worker::Mode::on_loop}));
}

TEST_CASE("a journal is opened once within a process") {
  const TemporaryFolder folder;
  const std::string path = folder / "journal.db";
  SimLoop loop;
  std::unique_ptr<Journal> first = open_sqlite_journal(loop, path, {.worker = Worker::Mode::on_loop});

  CHECK(refusal(path) ==
        "journal '" + path + "': this process is writing it; end that one or name another file");
  first.reset();

  CHECK_NOTHROW(open_sqlite_journal(loop, path, {.worker = Worker::Mode::on_loop}));
}

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <memory>

#include "store/journal/journal_contract.hpp"

namespace vcsr {

using OpenJournal = std::function<std::unique_ptr<Journal>(Loop& loop)>;

/// Appends for ever and tells the pipe the number of each entry that may be acknowledged.
[[noreturn]] inline void append_for_ever(const OpenJournal& open, int pipe) {
  AsioLoop loop;
  const auto journal = open(loop);
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

/// The last number told by a process that is killed after it has told `count` of them. It opens the journal
/// itself: nothing is shared with it.
inline std::uint64_t last_told(const OpenJournal& open, int count) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) append_for_ever(open, ends[1]);
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

}  // namespace vcsr

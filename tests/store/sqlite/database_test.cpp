// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/database.hpp"

#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sqlite/folder.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;

namespace {

constexpr Error::Code unavailable = Error::Code::unavailable;
const SqliteOptions on_loop{.worker = Worker::Mode::on_loop};

std::string journal_message(const std::string& path) {
  SimLoop loop;
  return thrown(unavailable, [&] { open_sqlite_journal(loop, path, {.worker = Worker::Mode::on_loop}); });
}

std::string customers_message(const std::string& path) {
  SimLoop loop;
  return thrown(unavailable, [&] { open_sqlite_customers(loop, path, {.worker = Worker::Mode::on_loop}); });
}

/// What `work` returns in a process whose user is nobody, so that permissions count also for root.
std::string as_nobody(const std::function<std::string()>& work) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const bool dropped = ::geteuid() != 0 || (::setegid(65534) == 0 && ::seteuid(65534) == 0);
    const std::string text = dropped ? work() : "root stays root";
    const ssize_t written = ::write(ends[1], text.data(), text.size());
    ::_exit(written < 0);
  }
  ::close(ends[1]);
  std::string text(4096, '\0');
  const ssize_t length = ::read(ends[0], text.data(), text.size());
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  return text;
}

}  // namespace

TEST_CASE("a store in a folder that does not exist names the folder") {
  const TemporaryFolder folder;

  CHECK(journal_message(folder / "no/journal.db") == "journal '" + (folder / "no/journal.db") +
                                                         "': the folder '" + (folder / "no") +
                                                         "' does not exist; create it or name another file");
  CHECK(customers_message(folder / "no/customers.db") ==
        "customers '" + (folder / "no/customers.db") + "': the folder '" + (folder / "no") +
            "' does not exist; create it or name another file");
}

TEST_CASE("a store that is a folder says so") {
  const TemporaryFolder folder;

  CHECK(journal_message(folder.path()) ==
        "journal '" + folder.path() + "': this is a folder; name a file in it");
  CHECK(customers_message(folder.path()) ==
        "customers '" + folder.path() + "': this is a folder; name a file in it");
}

TEST_CASE("a file that is no database is left as it is") {
  const TemporaryFolder folder;
  const std::string path = folder / "notes.txt";
  const std::string text(2000, 'x');
  std::ofstream(path) << text;
  const std::string remedy = "': the file is not an SQLite database; name another file or move this one away";

  CHECK(journal_message(path) == "journal '" + path + remedy);
  CHECK(customers_message(path) == "customers '" + path + remedy);

  CHECK(std::filesystem::file_size(path) == text.size());
}

TEST_CASE("a read-only store names the remedy") {
  const TemporaryFolder folder;
  REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
  const std::string path = folder / "customers.db";
  SimLoop loop;
  open_sqlite_customers(loop, path, on_loop);
  REQUIRE(::chmod(path.c_str(), 0444) == 0);

  const std::string message = as_nobody([&] { return customers_message(path); });

  CHECK(message.starts_with("customers '" + path + "': "));
  CHECK(message.ends_with("; give this user read and write permission for the file and its folder"));
}

TEST_CASE("a read-only folder refuses the journal's lock by name") {
  const TemporaryFolder folder;
  REQUIRE(::chmod(folder.path().c_str(), 0555) == 0);
  const std::string path = folder / "journal.db";

  const std::string message = as_nobody([&] { return journal_message(path); });

  CHECK(message ==
        "journal '" + path + "': the lock file '" + path +
            ".lock' cannot be opened: Permission denied; give this user read and write permission for it and "
            "its folder");
}

TEST_CASE("a store that another program has locked says so when it is opened") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  open_sqlite_customers(loop, path, on_loop);
  SQLite::Database other(path, SQLite::OPEN_READWRITE);
  other.exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE t (c); COMMIT");

  CHECK(customers_message(path) ==
        "customers '" + path + "': locked by another program; end the program that holds it");
}

// SPDX-License-Identifier: Apache-2.0
// What can go wrong with several processes and one PostgreSQL, each trap a test.
#include <doctest/doctest.h>
#include <unistd.h>

#include "store/journal/journal_check.hpp"
#include "store/journal/killed_writer.hpp"
#include "store/postgres/journal_hints.hpp"
#include "store/postgres/journal_tables.hpp"
#include "store/postgres/postgres_reader.hpp"
#include "store/postgres/server.hpp"
#include "thrown.hpp"
#include "vcsr/store/postgres/postgres.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

const PostgresOptions on_loop{.worker = Worker::Mode::on_loop};

postgres::Connection other(const std::string& address) {
  return {postgres::Address(address), postgres::Connection::Use::write};
}

Numbers stored_numbers(const std::string& address) {
  Numbers all;
  for (const StoredEntry& entry : make_postgres_reader(address)->read(1, SIZE_MAX))
    all.push_back(entry.number);
  return all;
}

/// Ends every session that ran this last, of this journal's schema.
void end_sessions(postgres::Connection& connection, const std::string& statement) {
  connection.ask(("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> "
                  "pg_backend_pid() AND query LIKE '" +
                  statement + "%'")
                     .c_str());
}

}  // namespace

TEST_CASE("a journal in PostgreSQL has one writer, who is named to the second") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  SimLoop loop;
  std::unique_ptr<Journal> first = open_postgres_journal(loop, address, on_loop);

  const std::string refusal =
      thrown(Error::Code::refused, [&] { open_postgres_journal(loop, address, on_loop); });
  first.reset();

  CHECK(refusal.find("process " + std::to_string(::getpid()) + " on ") != std::string::npos);
  CHECK(refusal.find(" is writing it; end that one or name another database") != std::string::npos);
  CHECK_NOTHROW(open_postgres_journal(loop, address, on_loop));
}

TEST_CASE("journals in two schemas of a database have a writer each") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  SimLoop loop;
  const std::unique_ptr<Journal> one = open_postgres_journal(loop, server->fresh_address(), on_loop);

  CHECK_NOTHROW(open_postgres_journal(loop, server->fresh_address(), on_loop));
}

TEST_CASE("a writer whose connection was cut goes on, if nobody took its place") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  SimLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address, on_loop);
  append_many(*journal, 3);
  postgres::Connection administrator = other(address);

  end_sessions(administrator, "WITH mine");
  append_many(*journal, 2);
  const std::string cut = journal->trouble();
  loop.run_for(1100ms);

  CHECK(cut.find("entries wait in memory") != std::string::npos);
  CHECK(journal->trouble() == "");
  CHECK(stored_numbers(address) == numbers(1, 5));
}

TEST_CASE("a writer who was cut off and replaced meanwhile writes nothing more, and says so") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  SimLoop loop;
  const std::unique_ptr<Journal> first = open_postgres_journal(loop, address, on_loop);
  append_many(*first, 3);
  postgres::Connection administrator = other(address);

  end_sessions(administrator, "WITH mine");
  const std::unique_ptr<Journal> second = open_postgres_journal(loop, address, on_loop);
  append_many(*first, 5);
  Task<> acknowledged = first->durable();
  acknowledged.start();
  append_many(*second, 2);
  loop.run_for(3s);

  CHECK(first->trouble().find(
            "another process has taken the journal over; end this one (5 entries wait in memory)") !=
        std::string::npos);
  CHECK_FALSE(acknowledged.done());
  CHECK(second->trouble() == "");
  CHECK(stored_numbers(address) == numbers(1, 5));
  CHECK_FALSE(check_journal(*make_postgres_reader(address)).fault.has_value());
}

// As behind a pooler that gives each transaction another session: the lock is held by a session nobody has.
TEST_CASE("where locks do not hold, the epoch alone keeps a second writer's predecessor from writing") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  SimLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address, on_loop);
  append_many(*journal, 3);

  other(address).ask("UPDATE vcsr_journal_writer SET epoch = epoch + 1");
  append_many(*journal, 2);

  CHECK(journal->trouble().find("another process has taken the journal over") != std::string::npos);
  CHECK(stored_numbers(address) == numbers(1, 3));
}

TEST_CASE("a commit that waits while the journal is taken over writes nothing") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address);
  append_many(*journal, 3);
  outcome(loop, journal->durable());
  postgres::Connection successor = other(address), administrator = other(address);

  successor.ask("BEGIN");
  successor.ask("UPDATE vcsr_journal_writer SET epoch = epoch + 1");
  append_many(*journal, 2);
  run_until(loop, [&] {
    return administrator
               .ask(
                   "SELECT 1::int8 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'WITH "
                   "mine%'")
               .size() == 1;
  });
  successor.ask("COMMIT");
  run_until(loop, [&] { return !journal->trouble().empty(); });

  CHECK(journal->trouble().find("another process has taken the journal over") != std::string::npos);
  CHECK(stored_numbers(address) == numbers(1, 3));
}

TEST_CASE("entries whose commit came off although nobody was told are not written twice") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  postgres::WriterSession session(postgres::Address(address), "test");
  postgres::EntryColumns columns;
  std::vector<JournalEntry> entries;
  for (std::uint64_t number = 1; number <= 6; ++number)
    entries.push_back({.number = number, .at = {}, .type = "a", .subject = "b", .data = {}});

  const JournalHash first = session.write(std::span(entries).first(4), {}, columns);
  const JournalHash again = session.write(entries, {}, columns);
  const JournalReport report = check_journal(*make_postgres_reader(address));

  CHECK(report.good == 6);
  CHECK_FALSE(report.fault.has_value());
  CHECK(report.head == again);
  CHECK(first != again);
}

// Numbers are given before the commit, and commits come off in their order: whoever remembers the last number
// it saw skips none. A sequence of the database would not do.
TEST_CASE("a follower in another process skips no entry while commits come as fast as they can") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address, {.group = 0ms});
  const std::unique_ptr<Journal> reader = read_postgres_journal(loop, address);
  Numbers heard;
  const Journal::Subscription subscription =
      reader->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  std::function<void()> more = [&] {
    append_many(*journal, 3);
    if (journal->last() < 3000) loop.at(loop.now() + 1ms, more);
  };

  loop.post(more);
  run_until(loop, [&] { return heard.size() >= 3000; });

  CHECK(heard == numbers(1, 3000));
}

TEST_CASE("whoever listens is hinted at new entries, after their commit") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address);
  int hints = 0;
  std::uint64_t seen = 0;
  const auto reader = make_postgres_reader(address);
  const std::shared_ptr<void> listening = postgres::listen_for_hints(loop, postgres::Address(address), [&] {
    ++hints;
    seen = reader->last();
  });
  run_until(loop, [&] { return hints == 1; });  // it listens

  append_many(*journal, 500);
  run_until(loop, [&] { return hints >= 2; });

  CHECK(hints < 20);
  CHECK(seen == 500);
}

TEST_CASE("hints are no more than that: without them entries are written, and found by looking") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address);
  const std::unique_ptr<Journal> reader = read_postgres_journal(loop, address);
  Numbers heard;
  const Journal::Subscription subscription =
      reader->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  append_many(*journal, 3);
  run_until(loop, [&] { return heard.size() >= 3; });
  postgres::Connection administrator = other(address);

  end_sessions(administrator, "NOTIFY");
  end_sessions(administrator, "LISTEN");
  append_many(*journal, 3);
  run_until(loop, [&] { return heard.size() >= 6; });

  CHECK(heard == numbers(1, 6));
  CHECK(journal->trouble() == "");
}

TEST_CASE(
    "what was acknowledged is in PostgreSQL after the process was killed, and the next one may write at "
    "once") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();

  for (int cycle = 1; cycle <= 8; ++cycle) {
    CAPTURE(cycle);
    const std::uint64_t told =
        last_told([&](Loop& loop) { return open_postgres_journal(loop, address); }, 4 * cycle);

    SimLoop loop;
    const auto journal = open_postgres_journal(loop, address, on_loop);
    const JournalReport report = check_journal(*make_postgres_reader(address));
    CHECK(journal->last() >= told);
    CHECK(report.good == journal->last());
    CHECK_FALSE(report.fault.has_value());
  }
}

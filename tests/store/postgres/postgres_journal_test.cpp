// SPDX-License-Identifier: Apache-2.0
#include "vcsr/store/postgres/postgres.hpp"

#include <doctest/doctest.h>

#include "store/journal/journal_check.hpp"
#include "store/journal/journal_contract.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/postgres_reader.hpp"
#include "store/postgres/server.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

const PostgresOptions on_loop{.worker = Worker::Mode::on_loop};

/// Another program's session in the journal's schema.
postgres::Connection other(const std::string& address) {
  return {postgres::Address(address), postgres::Connection::Use::write};
}

std::string name(const std::string& address) { return "journal in " + postgres::Address(address).shown(); }

Numbers stored_numbers(const std::string& address) {
  Numbers all;
  for (const StoredEntry& entry : make_postgres_reader(address)->read(1, SIZE_MAX))
    all.push_back(entry.number);
  return all;
}

}  // namespace

TEST_CASE("the journal in PostgreSQL keeps the contract on the loop") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  SimLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, server->fresh_address(), on_loop);

  check_journal_contract(loop, *journal);
}

TEST_CASE("the journal in PostgreSQL keeps the contract on a thread of its own") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, server->fresh_address());

  check_journal_contract(loop, *journal);
}

TEST_CASE("numbers and chain continue after a restart, and what was queued is written before") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  AsioLoop loop;
  Numbers heard;
  {
    const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address, {.group = 1h});
    append_many(*journal, 12'000);
  }

  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address);
  const Journal::Subscription subscription =
      journal->follow(12'001, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  append_many(*journal, 300);
  run_until(loop, [&] { return heard.size() >= 300; });
  const JournalReport report = check_journal(*make_postgres_reader(address));

  CHECK(heard == numbers(12'001, 12'300));
  CHECK(report.good == 12'300);
  CHECK(report.chained);
  CHECK_FALSE(report.fault.has_value());
}

TEST_CASE("a changed entry in PostgreSQL is the first bad one") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  SimLoop loop;
  append_many(*open_postgres_journal(loop, address, on_loop), 10);

  other(address).ask("UPDATE vcsr_journal SET subject = 'call-2' WHERE number = 6");
  const JournalReport report = check_journal(*make_postgres_reader(address));

  REQUIRE(report.fault.has_value());
  CHECK(report.fault->number == 6);
}

TEST_CASE("an entry whose texts no database takes is repaired, and holds nobody up") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  SimLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, server->fresh_address(), on_loop);

  journal->append("odd", std::string("a\0b\xff", 4), {{"text", std::string("c\0d\xfe", 4)}});
  journal->append("odd", "李雷", {});
  const std::vector<JournalEntry> entries = outcome(loop, journal->read(1, 10));

  CHECK(journal->trouble() == "");
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].subject == "a?b\xEF\xBF\xBD");
  CHECK(entries[0].data.at("text") == Value(std::string("c\0d\xEF\xBF\xBD", 6)));
  CHECK(entries[1].subject == "李雷");
}

TEST_CASE("a server that goes and comes back in the middle loses nothing, and the trouble is told") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address);
  Numbers heard;
  const Journal::Subscription subscription =
      journal->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  append_many(*journal, 50);
  outcome(loop, journal->durable());

  server->stop();
  append_many(*journal, 30);
  Task<> durable = journal->durable();
  durable.start();
  run_until(loop, [&] { return !journal->trouble().empty(); });
  const std::string trouble = journal->trouble();
  append_many(*journal, 20);
  CHECK_FALSE(durable.done());
  server->start();
  run_until(loop, [&] { return heard.size() >= 100; });

  CHECK(trouble.find(name(address) + ": ") == 0);
  CHECK(trouble.find("(30 entries wait in memory)") != std::string::npos);
  CHECK(journal->trouble() == "");
  CHECK(durable.done());
  CHECK(stored_numbers(address) == numbers(1, 100));
  CHECK_FALSE(check_journal(*make_postgres_reader(address)).fault.has_value());
}

TEST_CASE("followers in other processes wait for a server that is away, and miss nothing") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address);
  append_many(*journal, 10);
  outcome(loop, journal->durable());
  const std::unique_ptr<Journal> reader = read_postgres_journal(loop, address);
  Numbers heard;
  const Journal::Subscription subscription =
      reader->follow(1, [&heard](const JournalEntry& entry) { heard.push_back(entry.number); });
  run_until(loop, [&] { return heard.size() >= 10; });

  server->stop();
  run_until(loop, [&] { return !reader->trouble().empty(); });
  server->start();
  append_many(*journal, 10);
  run_until(loop, [&] { return heard.size() >= 20; });

  CHECK(heard == numbers(1, 20));
}

TEST_CASE("what is no journal, no server and no address is named") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  SimLoop loop;

  const std::string none =
      thrown(Error::Code::unavailable, [&] { read_postgres_journal(loop, address, on_loop); });
  const std::string away = thrown(Error::Code::unavailable, [&] {
    open_postgres_journal(loop, "host=/nowhere port=5555 dbname=bank password=secret", on_loop);
  });
  const std::string wrong =
      thrown(Error::Code::invalid, [&] { open_postgres_journal(loop, "hots=x", on_loop); });
  other(address).ask("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
  const std::string latin = thrown(Error::Code::unavailable,
                                   [&] { open_postgres_journal(loop, address + " dbname=latin", on_loop); });

  CHECK(none.find(name(address) + ": ") == 0);
  CHECK(none.find("there is no journal in it; name another database") != std::string::npos);
  CHECK(away.find("journal in database 'bank' at /nowhere:5555: ") == 0);
  CHECK(away.find("secret") == std::string::npos);
  CHECK(wrong.find("a PostgreSQL address as \"host=/run/postgresql dbname=vcsr\" is expected: ") == 0);
  CHECK(latin.find("the database's encoding is LATIN1; make one with ENCODING 'UTF8'") != std::string::npos);
}

TEST_CASE("a server that tells of commits before they are on its disk does not do so to the journal") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  const std::string address = server->fresh_address();
  other(address).ask("ALTER ROLE vcsr SET synchronous_commit = off");
  SimLoop loop;
  other(address).ask("CREATE TABLE seen (setting text)");
  const std::unique_ptr<Journal> journal = open_postgres_journal(loop, address, on_loop);
  other(address).ask(
      "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
      " $$BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END$$");
  other(address).ask("CREATE TRIGGER noted AFTER INSERT ON vcsr_journal EXECUTE FUNCTION note()");

  append_many(*journal, 1);
  other(address).ask("ALTER ROLE vcsr RESET synchronous_commit");

  CHECK(journal->trouble() == "");
  CHECK(other(address).ask("SELECT setting FROM seen").bytes(0, 0) == "on");
}

TEST_CASE("an address is told from a path") {
  CHECK(is_postgres_address("postgresql://bank@db-1/vcsr"));
  CHECK(is_postgres_address("host=/run/postgresql dbname=vcsr"));
  CHECK(is_postgres_address("dbname=vcsr"));
  CHECK_FALSE(is_postgres_address("/var/lib/vcsr/a=b/journal.db"));
  CHECK_FALSE(is_postgres_address("journal.db"));
}

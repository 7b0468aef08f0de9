// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "store/customer_store_contract.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/faulty_disk.hpp"
#include "store/sqlite/folder.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

TEST_CASE("customers in SQLite keep the contract in a simulation") {
  const TemporaryFolder folder;
  SimLoop loop;
  const std::unique_ptr<CustomerStore> store =
      open_sqlite_customers(loop, folder / "customers.db", {.worker = Worker::Mode::on_loop});

  check_customer_store_contract(loop, *store);
}

TEST_CASE("customers in SQLite keep the contract on a thread of their own") {
  const TemporaryFolder folder;
  AsioLoop loop;
  const std::unique_ptr<CustomerStore> store = open_sqlite_customers(loop, folder / "customers.db");

  check_customer_store_contract(loop, *store);
}

TEST_CASE("customers and contacts are there after a restart") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  {
    const std::unique_ptr<CustomerStore> store =
        open_sqlite_customers(loop, path, {.worker = Worker::Mode::on_loop});
    outcome(loop, store->save(li_lei()));
    outcome(loop, store->keep(contact_at("c-1", "42", 1)));
  }

  const std::unique_ptr<CustomerStore> store =
      open_sqlite_customers(loop, path, {.worker = Worker::Mode::on_loop});

  CHECK(outcome(loop, store->find({"account", "6222-01"})));
  CHECK(outcome(loop, store->contact("c-1")));
}

TEST_CASE("contact records of one group share one commit") {
  const TemporaryFolder folder;
  AsioLoop loop;
  FaultyDisk disk;
  const std::unique_ptr<CustomerStore> store =
      open_sqlite_customers(loop, folder / "customers.db", {.group = 20ms});
  outcome(loop, store->keep(contact_at("c-0", "42", 1)));
  const int before = disk.operations();

  std::vector<Task<>> keeping;
  for (int i = 1; i < 20; ++i) keeping.push_back(store->keep(contact_at("c-" + std::to_string(i), "42", 1)));
  outcome(loop, store->keep(contact_at("c-20", "42", 1)));

  CHECK(disk.operations() - before < 20);
  CHECK(outcome(loop, store->history("42", 100)).size() == 21);
}

TEST_CASE("what is asked sees the records of a group that is not full yet, and so does the next run") {
  const TemporaryFolder folder;
  AsioLoop loop;
  {
    const std::unique_ptr<CustomerStore> store =
        open_sqlite_customers(loop, folder / "customers.db", {.group = 1h});
    const Task<> keeping = store->keep(contact_at("c-1", "42", 1));
    CHECK(outcome(loop, store->contact("c-1")));
    const Task<> left = store->keep(contact_at("c-2", "42", 2));
  }

  const std::unique_ptr<CustomerStore> store = open_sqlite_customers(loop, folder / "customers.db");

  CHECK(outcome(loop, store->history("42", 100)).size() == 2);
}

TEST_CASE("a group of records that cannot be written fails for everybody who waits for it") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  AsioLoop loop;
  const std::unique_ptr<CustomerStore> store = open_sqlite_customers(loop, path, {.group = 20ms});
  SQLite::Database other(path, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");

  Task<> first = store->keep(contact_at("c-1", "42", 1));
  const std::string message =
      message_of(loop, store->keep(contact_at("c-2", "42", 2)), Error::Code::unavailable);

  CHECK(message == "customers '" + path + "': locked by another program; end the program that holds it");
  CHECK(message_of(loop, std::move(first), Error::Code::unavailable) == message);
}

TEST_CASE("customers that are locked are unavailable until the lock is gone") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  Lines lines(loop);
  const std::unique_ptr<CustomerStore> store =
      open_sqlite_customers(loop, path, {.worker = Worker::Mode::on_loop, .log = lines.log});
  SQLite::Database other(path, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");

  const std::string message = message_of(loop, store->save(li_lei()), Error::Code::unavailable);
  const bool readable = !outcome(loop, store->find({"account", "6222-01"}));
  other.exec("ROLLBACK");
  outcome(loop, store->save(li_lei()));

  CHECK(message == "customers '" + path + "': locked by another program; end the program that holds it");
  CHECK(readable);
  REQUIRE(lines.lines.size() == 1);
  CHECK(lines.lines[0] == "warning customers: customers cannot be served why=\"" + message + "\"");
  CHECK(outcome(loop, store->find({"account", "6222-01"})));
}

TEST_CASE("a customer is saved whole or not at all, at whatever write the disk fails") {
  FaultyDisk disk;
  SimLoop loop;

  for (int operation = 1;; ++operation) {
    CAPTURE(operation);
    const TemporaryFolder folder;
    const std::string path = folder / "customers.db";
    const std::unique_ptr<CustomerStore> store =
        open_sqlite_customers(loop, path, {.worker = Worker::Mode::on_loop});
    disk.fail_after(operation, operation % 2 ? SQLITE_FULL : SQLITE_IOERR_WRITE);
    bool saved = true;
    try {
      outcome(loop, store->save(li_lei()));
    } catch (const Error& error) {
      saved = false;
      const std::string expected = operation % 2 ? "the disk is full; free some space" : "input/output error";
      CHECK(std::string(error.what()).find(expected) != std::string::npos);
    }
    disk.repair();

    const std::optional<Customer> found = outcome(loop, store->find({"account", "6222-01"}));
    if (found) CHECK(found->identities.size() == 2);
    if (saved) {
      CHECK(found);
      CHECK(operation > 2);
      break;
    }
    outcome(loop, store->save(found ? *found : li_lei()));
  }
}

TEST_CASE("a store of before the center called customers is taken over") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  {
    const std::unique_ptr<CustomerStore> store =
        open_sqlite_customers(loop, path, {.worker = Worker::Mode::on_loop});
    outcome(loop, store->keep(contact_at("c-1", "42", 1)));
  }
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  REQUIRE(sqlite3_exec(database, "ALTER TABLE contact DROP COLUMN direction", nullptr, nullptr, nullptr) ==
          SQLITE_OK);
  sqlite3_close(database);

  const std::unique_ptr<CustomerStore> store =
      open_sqlite_customers(loop, path, {.worker = Worker::Mode::on_loop});
  const auto found = outcome(loop, store->contact("c-1"));

  REQUIRE(found);
  CHECK(found->direction == "in");
}

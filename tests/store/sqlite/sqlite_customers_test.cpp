// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "store/customers/customer_store_contract.hpp"
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

namespace {

const Secret master_key(std::string(32, 'k'));

std::unique_ptr<CustomerStore> sealed_customers(Loop& loop, const std::string& path,
                                                const CustomerOptions& options = {.master_key = master_key}) {
  return open_sqlite_customers(loop, path, {.worker = Worker::Mode::on_loop}, options);
}

std::string bytes_in(const std::string& path) {
  std::string all;
  for (const char* end : {"", "-wal"}) {
    std::ifstream file(path + end, std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

const char* const personal[] = {"李雷",      "8613800000001", "138-0000-0001", "6222-01",
                                "VIP",       "喜欢短信",      "1990-05-31",    "lost card",
                                "1990-0531", "example.com",   "complaint",     "19900531"};

}  // namespace

TEST_CASE("customers that are encrypted keep the contract") {
  const TemporaryFolder folder;
  SimLoop loop;
  const std::unique_ptr<CustomerStore> store = sealed_customers(loop, folder / "customers.db");

  check_customer_store_contract(loop, *store);
}

TEST_CASE("nothing personal stands in the file of encrypted customers, before and after a merge") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  const std::unique_ptr<CustomerStore> store = sealed_customers(loop, path);
  const std::string id = outcome(loop, store->save(whole_folder()));
  const std::string other = outcome(loop, store->save(han_meimei()));
  outcome(loop, store->merge(id, other, "anna", ""));
  outcome(loop, store->keep(contact_at("c-1", id, 1)));

  const std::string file = bytes_in(path);

  CHECK(file.find(id) != std::string::npos);
  for (const char* text : personal) {
    CAPTURE(text);
    CHECK(file.find(text) == std::string::npos);
  }
}

TEST_CASE("the key of who was erased is gone from the file, so that a copy of the rest cannot be read") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  const std::unique_ptr<CustomerStore> store = sealed_customers(loop, path);
  const std::string id = outcome(loop, store->save(whole_folder()));
  SQLite::Database file(path, SQLite::OPEN_READONLY);
  const std::string key = file.execAndGet("SELECT wrapped FROM customer_key").getString();
  const std::string sealed = file.execAndGet("SELECT sealed FROM customer").getString();

  outcome(loop, store->erase(id));

  CHECK(bytes_in(path).find(key) == std::string::npos);
  CHECK(bytes_in(path).find(sealed) == std::string::npos);
  SQLite::Database writer(path, SQLite::OPEN_READWRITE);
  writer.exec("INSERT INTO customer VALUES ('" + id + "', '', '', '{}', '', '" + sealed + "')");
  const std::string message = message_of(loop, store->find({"customer", id}), Error::Code::refused);
  CHECK(message == "customers '" + path + "': customer '" + id + "' cannot be read: the key of customer '" +
                       id + "' is gone or another");
}

TEST_CASE("a store that was not encrypted is from the first time a master key is given") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  Customer customer = whole_folder();
  {
    const std::unique_ptr<CustomerStore> store = sealed_customers(loop, path, {});
    customer.id = outcome(loop, store->save(customer));
    outcome(loop, store->keep(contact_at("c-1", customer.id, 1)));
  }
  REQUIRE(bytes_in(path).find("李雷") != std::string::npos);

  const std::unique_ptr<CustomerStore> store = sealed_customers(loop, path);
  const std::optional<Customer> found = outcome(loop, store->find({"phone", "8613800000001"}));
  const auto contact = outcome(loop, store->contact("c-1"));

  REQUIRE(found);
  CHECK(*found == customer);
  CHECK(contact->reason == "lost card");
  for (const char* text : personal) {
    CAPTURE(text);
    CHECK(bytes_in(path).find(text) == std::string::npos);
  }
}

TEST_CASE("encrypted customers are refused without their master key, or with another") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  sealed_customers(loop, path);
  const auto refusal = [&](CustomerOptions options) {
    try {
      sealed_customers(loop, path, std::move(options));
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("nothing was thrown");
  };

  const std::string without = refusal({});
  const std::string another = refusal({.master_key = Secret(std::string(32, 'x'))});
  const std::string short_one = refusal({.master_key = Secret(std::string(16, 'x'))});

  CHECK(without.starts_with("customers '" + path + "' is encrypted under master key "));
  CHECK(without.ends_with(", not none: name the file of that one"));
  CHECK(another.ends_with(": name the file of that one"));
  CHECK(short_one == "customers '" + path + "': expected a master key of 32 bytes, got 16");
}

TEST_CASE("a store that learns its region finds numbers that were saved before") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  {
    const std::unique_ptr<CustomerStore> store = sealed_customers(loop, path, {});
    outcome(loop, store->save({.name = "A", .identities = {{"phone", "13800000001"}}}));
    REQUIRE_FALSE(outcome(loop, store->find({"phone", "+8613800000001"})));
  }

  const std::unique_ptr<CustomerStore> store = sealed_customers(loop, path, {.region = "CN"});

  CHECK(outcome(loop, store->find({"phone", "+8613800000001"})));
}

TEST_CASE("a store of before folders is taken over with its customers") {
  const TemporaryFolder folder;
  const std::string path = folder / "customers.db";
  SimLoop loop;
  {
    SQLite::Database old(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(
        "CREATE TABLE customer (id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL,"
        " indicators TEXT NOT NULL) STRICT;"
        "CREATE TABLE identity (kind TEXT NOT NULL, key TEXT NOT NULL, customer TEXT NOT NULL, value TEXT NOT"
        " NULL, place INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;"
        "INSERT INTO customer VALUES ('7', 'Anna', 'de', '{\"segment\":\"vip\"}');"
        "INSERT INTO identity VALUES ('phone', '49301', '7', '+49 301', 0), ('account', '1', '7', '1', 1);");
  }

  const std::unique_ptr<CustomerStore> store = sealed_customers(loop, path, {});
  const std::optional<Customer> found = outcome(loop, store->find({"phone", "49301"}));

  REQUIRE(found);
  CHECK(*found == Customer{.id = "7",
                           .name = "Anna",
                           .language = "de",
                           .identities = {{"phone", "+49 301"}, {"account", "1"}},
                           .indicators = {{"segment", "vip"}}});
  CHECK(outcome(loop, store->matches({.name = "anna"}, 5)).size() == 1);
}

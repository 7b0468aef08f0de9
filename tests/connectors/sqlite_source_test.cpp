// SPDX-License-Identifier: Apache-2.0
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "store/journal/until.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"
#include "vcsr/connectors/sql.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

using Outcome = SourceAnswer::Outcome;

const SqlQueries queries = {
    {"balance",
     "SELECT name, balance, limit_ AS \"limit\", note FROM account WHERE id = :account AND ':x' = ':x'"},
    {"all", "SELECT id FROM account ORDER BY id"},
    {"spend", "UPDATE account SET balance = balance - :sum WHERE id = :account"},
    {"wrong", "SELECT a FROM nowhere"},
    {"endless",
     "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS i FROM n"}};

struct Bank {
  Bank() {
    SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(
        "CREATE TABLE account (id TEXT, name TEXT, balance INTEGER, limit_ REAL, note TEXT);"
        "INSERT INTO account VALUES ('6222', '李雷', 120, 0.5, NULL), ('6223', 'Han', 7, 1, 'x')");
  }
  std::unique_ptr<DataSource> open(bool writes = false) {
    return make_sqlite_source(loop, {.name = "bank", .limit = 10s}, path, queries, writes);
  }
  SourceAnswer ask(DataSource& source, const std::string& query, Facts parameters = {}, Duration limit = 0s) {
    return outcome(loop, source.ask(query, std::move(parameters), limit));
  }

  TemporaryFolder folder;
  std::string path = folder / "bank.db";
  AsioLoop loop;
};

}  // namespace

TEST_CASE("a query's parameters are bound, and its rows are facts") {
  Bank bank;
  const auto source = bank.open();

  const SourceAnswer row = bank.ask(*source, "balance", {{"account", "6222"}});
  const SourceAnswer attack = bank.ask(*source, "balance", {{"account", "x' OR '1' = '1"}});
  const SourceAnswer all = bank.ask(*source, "all");

  CHECK(row.outcome == Outcome::found);
  CHECK(row.rows ==
        std::vector<Facts>{{{"name", "李雷"}, {"balance", 120}, {"limit", 0.5}, {"note", nullptr}}});
  CHECK(attack.outcome == Outcome::not_found);
  CHECK(all.rows.size() == 2);
}

TEST_CASE("only a source that may write does") {
  Bank bank;
  const Facts spent{{"account", "6222"}, {"sum", 20}};

  const SourceAnswer refused = bank.ask(*bank.open(), "spend", spent);
  const SourceAnswer done = bank.ask(*bank.open(true), "spend", spent);
  const SourceAnswer after = bank.ask(*bank.open(), "balance", {{"account", "6222"}});

  CHECK(refused.outcome == Outcome::refused);
  CHECK(done.get("changed") == Value(1));
  CHECK(after.get("balance") == Value(100));
}

TEST_CASE("a query that never ends is late and given up, and others are answered meanwhile") {
  Bank bank;
  auto source = bank.open();

  const SourceAnswer endless = bank.ask(*source, "endless", {}, 100ms);
  const SourceAnswer next = bank.ask(*source, "all");
  source.reset();  // joins the thread that was busy

  CHECK(endless.outcome == Outcome::late);
  CHECK(endless.why == "bank gave no answer within 100 ms");
  CHECK(next.found());
}

TEST_CASE("a database that is not there has failed, and answers once it is there") {
  Bank bank;
  const std::string away = bank.path + ".away";
  REQUIRE(rename(bank.path.c_str(), away.c_str()) == 0);
  const auto source = bank.open();

  const SourceAnswer missing = bank.ask(*source, "all");
  REQUIRE(rename(away.c_str(), bank.path.c_str()) == 0);
  const SourceAnswer back = bank.ask(*source, "all");

  CHECK(missing.outcome == Outcome::failed);
  CHECK(missing.why.starts_with(bank.path + " cannot be opened: "));
  CHECK(back.found());
}

TEST_CASE("a statement that is wrong has failed with the words of the database") {
  Bank bank;

  const SourceAnswer answer = bank.ask(*bank.open(), "wrong");

  CHECK(answer.outcome == Outcome::failed);
  CHECK(answer.why == bank.path + ": query wrong: no such table: nowhere");
}

TEST_CASE("a slip in a dialogue is an exception that names what there is") {
  Bank bank;
  const auto source = bank.open();

  CHECK(thrown(Error::Code::not_found, [&] { bank.ask(*source, "balence"); }) ==
        "source bank has no query 'balence'; there are: all, balance, endless, spend, wrong");
  CHECK(thrown(Error::Code::invalid, [&] {
          bank.ask(*source, "balance", {{"acount", "1"}});
        }) == "source bank: query balance needs the parameter 'account': give it");
  CHECK(thrown(Error::Code::invalid, [&] {
          make_sqlite_source(bank.loop, {.name = "bank"}, "x", {{"q", " "}});
        }).starts_with("source bank: query q is empty: write a statement such as "));
  CHECK(thrown(Error::Code::invalid, [&] {
          make_sqlite_source(bank.loop, {.name = "bank", .connections = 0}, "x", {{"q", "SELECT 1"}});
        }) == "source bank: connections: expected 1 or more, got 0");
}

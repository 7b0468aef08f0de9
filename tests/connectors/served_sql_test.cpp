// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "store/journal/until.hpp"
#include "store/postgres/server.hpp"
#include "vcsr/connectors/sql.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

using Outcome = SourceAnswer::Outcome;

const SqlQueries queries = {
    {"table",
     "CREATE TABLE IF NOT EXISTS account (id text, name text, balance bigint, rate double precision, vip "
     "boolean, note text)"},
    {"fill", "INSERT INTO account VALUES (:id, :name, :balance, :rate, :vip, NULL)"},
    {"balance", "SELECT name, balance, rate, vip, note FROM account WHERE id = :account"},
    {"wrong", "SELECT nothing FROM nowhere"},
    {"slow", "SELECT pg_sleep(30)::text AS slept"}};

const Facts li_lei{{"id", "6222"}, {"name", "李雷"}, {"balance", 120}, {"rate", 0.5}, {"vip", true}};

/// What every source of a database server promises.
void check_served(AsioLoop& loop, DataSource& source) {
  const auto ask = [&](const char* query, Facts parameters = {}, Duration limit = 0s) {
    return outcome(loop, source.ask(query, std::move(parameters), limit));
  };

  const SourceAnswer made = ask("table");
  const SourceAnswer filled = ask("fill", li_lei);
  const SourceAnswer row = ask("balance", {{"account", "6222"}});
  const SourceAnswer attack = ask("balance", {{"account", "x' OR '1' = '1"}});
  const SourceAnswer wrong = ask("wrong");
  const SourceAnswer slow = ask("slow", {}, 300ms);
  const SourceAnswer next = ask("balance", {{"account", "6222"}});

  CAPTURE(made.why);
  CAPTURE(filled.why);
  CHECK(made.outcome == Outcome::found);
  CHECK(filled.get("changed") == Value(1));
  CHECK(row.rows ==
        std::vector<Facts>{
            {{"name", "李雷"}, {"balance", 120}, {"rate", 0.5}, {"vip", true}, {"note", nullptr}}});
  CHECK(attack.outcome == Outcome::not_found);
  CHECK(wrong.outcome == Outcome::refused);
  CHECK(wrong.why.find("nowhere") != std::string::npos);
  CHECK(slow.outcome == Outcome::late);
  CHECK(next.found());
}

/// One value of a connection string of libpq.
std::string part(const std::string& address, const std::string& name) {
  const std::size_t begin = address.find(name + "=");
  if (begin == address.npos) return "";
  const std::size_t from = begin + name.size() + 1;
  return address.substr(from, address.find(' ', from) - from);
}

}  // namespace

TEST_CASE("PostgreSQL is asked with parameters, and is late or says no as an outcome") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  AsioLoop loop;
  const auto source = make_postgres_source(loop, {.name = "bank", .limit = 10s, .connections = 2},
                                           Secret(server->fresh_address()), queries);

  check_served(loop, *source);
}

TEST_CASE("the same PostgreSQL is asked through ODBC") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  AsioLoop loop;
  const std::string address = server->fresh_address();
  const auto source = make_odbc_source(
      loop, {.name = "bank", .limit = 1s, .connections = 2},
      Secret("Driver={PostgreSQL Unicode};BoolsAsChar=0;Servername=" + part(address, "host") +
             ";Username=" + part(address, "user") + ";Database=" + part(address, "dbname")),
      queries);

  check_served(loop, *source);
}

TEST_CASE("a database that restarts has failed, and is asked again on a new connection") {
  PostgresServer* const server = PostgresServer::get();
  if (!server) return;
  AsioLoop loop;
  const auto source = make_postgres_source(loop, {.name = "bank", .limit = 10s, .connections = 1},
                                           Secret(server->fresh_address()), {{"one", "SELECT 1 AS one"}});
  const SourceAnswer before = outcome(loop, source->ask("one"));

  server->stop();
  const SourceAnswer lost = outcome(loop, source->ask("one"));
  const SourceAnswer away = outcome(loop, source->ask("one"));
  server->start();
  const SourceAnswer back = outcome(loop, source->ask("one"));

  CHECK(before.get("one") == Value(1));
  CHECK(lost.outcome == Outcome::failed);
  CHECK(away.outcome == Outcome::failed);
  CHECK(away.why.starts_with("bank cannot be reached: "));
  CHECK(back.get("one") == Value(1));
}

TEST_CASE("a driver of ODBC that is not there has failed") {
  AsioLoop loop;
  const auto source =
      make_odbc_source(loop, {.name = "bank"}, Secret("Driver={No Such Driver}"), {{"q", "SELECT 1"}});

  const SourceAnswer answer = outcome(loop, source->ask("q"));

  CHECK(answer.outcome == Outcome::failed);
  CHECK(answer.why.starts_with("bank cannot be reached: "));
}

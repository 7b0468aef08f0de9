// SPDX-License-Identifier: Apache-2.0
#include "app/source_section.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "app/faults_of.hpp"
#include "app/site.hpp"
#include "store/journal/until.hpp"
#include "temporary_folder.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

constexpr const char* whole = R"(
[source.bank]
kind = "sqlite"
path = "bank.db"
limit = "500ms"
connections = 3
tries = 2
retry_pause = "50ms"
breaker_failures = 4
breaker_rest = "10s"
cache = "1min"
cache_not_found = "3s"
queries = { customer = "SELECT segment FROM customer WHERE phone = :phone" }

[source.crm]
kind = "http"
url = "https://crm.example.com/api"
token = "s3cret"
header = { X-Branch = "7" }
queries.customer = { path = "/customers/{phone}", rows = "/result" }

[source.cards]
kind = "file"
path = "cards.csv"
separator = ";"
queries = { of = ["account"] }

[source.old]
kind = "file"
path = "old.txt"
columns = ["account:10", "name:20"]
queries = { of = ["account"] }

[source.warehouse]
kind = "postgres"
connection = "host=db"
queries = { orders = "SELECT 1" }

[source.ledger]
kind = "odbc"
connection = "DSN=ledger"
queries = { balance = "SELECT 1" }

[source.host]
kind = "terminal"
host = "192.0.2.7"
port = 2323
user = "vcsr"
password = "s3cret"
login = [{ expect = "LOGIN: " }, { send = "{user}", expect = "> " }]
[source.host.queries.balance]
steps = [{ send = "BAL {account}", expect = "> " }]
columns = { balance = "BALANCE:" }
not_found = "NO SUCH ACCOUNT"
)";

}  // namespace

TEST_CASE("sources of all kinds are read and made") {
  const Config config = parse_config(whole, "bank.toml", "/srv/bank");
  SimLoop loop;

  REQUIRE(config.sources.size() == 7);
  const SourceConfig& bank = config.sources[0];
  CHECK(bank.options.name == "bank");
  CHECK(bank.options.limit == 500ms);
  CHECK(bank.options.connections == 3);
  CHECK(bank.retries.tries == 2);
  CHECK(bank.retries.pause == 50ms);
  CHECK(bank.breaker.failures == 4);
  CHECK(bank.breaker.rest == 10s);
  CHECK(bank.cache.lasts == 1min);
  CHECK(bank.cache.not_found_lasts == 3s);
  for (const SourceConfig& source : config.sources)
    CHECK(make_source(loop, source, {})->name() == source.options.name);
}

TEST_CASE("what is wrong with a source is told with its line") {
  CHECK(faults_of("[source.a]\nkind = \"oracle\"")
            .find("bank.toml:2: source.a.kind: expected \"sqlite\", \"postgres\", \"odbc\", \"http\", "
                  "\"file\" or "
                  "\"terminal\", got \"oracle\"") != std::string::npos);
  CHECK(faults_of("[source.a]\nkind = \"sqlite\"\npath = \"x\"")
            .find("source.a.queries: are missing: expected at least one, such as customer = \"SELECT") !=
        std::string::npos);
  CHECK(faults_of("[source.a]\nkind = \"odbc\"\nqueries = { q = \"SELECT 1\" }")
            .find("source.a.connection: is missing: expected how to connect, or connection_file") !=
        std::string::npos);
  CHECK(faults_of("[source.a]\nkind = \"file\"\npath = \"x\"\ncolumns = [\"id\"]\nqueries = { q = [\"id\"] }")
            .find("source.a.columns: expected names and how many bytes each has, such as \"account:10\"") !=
        std::string::npos);
  CHECK(faults_of("[source.a]\nkind = \"sqlite\"\npath = \"x\"\nquerys = 1\nqueries = { q = \"SELECT 1\" }")
            .find("source.a.querys: unknown key; did you mean \"queries\"?") != std::string::npos);
}

TEST_CASE("what only the maker of a source finds has its place as well") {
  const Config config = parse_config(
      "[source.crm]\nkind = \"http\"\nurl = \"crm\"\nqueries.a = { path = \"/\" }", "bank.toml", "/srv/bank");
  SimLoop loop;

  CHECK_THROWS_WITH_AS(
      make_source(loop, config.sources.at(0), {}),
      "bank.toml:1: source crm: url: expected one such as \"https://crm.example.com/api\", got "
      "\"crm\"",
      Error);
}

TEST_CASE("a site asks its sources who the caller is, and its dialogues ask them by name") {
  const TemporaryFolder folder;
  SQLite::Database database(folder / "bank.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(
      "CREATE TABLE customer (phone TEXT, segment TEXT); INSERT INTO customer VALUES ('30123', 'gold')");
  const Config config = parse_config(R"([voice]
synthesizer = "none"
[sip]
port = 0
[source.bank]
kind = "sqlite"
path = "bank.db"
queries = { customer = "SELECT segment FROM customer WHERE phone = :phone" }
[customers]
provisional = true
[[customers.identify]]
source = "bank"
query = "customer"
kinds = ["phone"]
)",
                                     "bank.toml", folder.path());
  AsioLoop loop;
  Site site(loop, config, built_in_flows(), open_memory_stores(loop, config.customers.options));

  Contact contact = site.center().open({.channel = Channel::chat, .from = "30123", .to = "chat"});
  CustomerContext customer = contact.customer();
  const bool known = outcome(loop, customer.identify());
  const SourceAnswer answer =
      outcome(loop, site.center().source("bank").ask("customer", {{"phone", "30123"}}));

  CHECK(known);
  CHECK(customer.folder().provisional);
  CHECK(customer.get("segment") == Value("gold"));
  CHECK(customer.origin("segment").source == "bank");
  CHECK(answer.get("segment") == Value("gold"));
  CHECK_THROWS_WITH_AS(site.center().source("crm"), "there is no source \"crm\"; there are: bank", Error);
}

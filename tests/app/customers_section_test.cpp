// SPDX-License-Identifier: Apache-2.0
#include "app/customers_section.hpp"

#include <doctest/doctest.h>

#include "app/faults_of.hpp"
#include "app/site.hpp"
#include "store/journal/until.hpp"
#include "temporary_folder.hpp"
#include "vcsr/journal_events.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

TEST_CASE("what is kept of customers is read key by key") {
  const TemporaryFolder folder;
  folder.write("customers.key", std::string(62, '0') + "ff\n");
  const CustomersConfig customers = parse_config(R"([source.crm]
kind = "sqlite"
path = "crm.db"
queries = { q = "SELECT 1" }
[customers]
region = "CN"
provisional = true
master_key_file = "customers.key"
attributes = { branch = "whole", since = "date" }
retention = { contacts = "8760h", provisional = "720h" }
[[customers.identify]]
source = "crm"
query = "q"
kinds = ["phone", "account"]
limit = "800ms"
)",
                                                 "bank.toml", folder.path())
                                        .customers;

  CHECK(customers.options.region == "CN");
  CHECK(customers.provisional);
  CHECK(customers.options.master_key.reveal() == std::string(31, '\0') + '\xff');
  CHECK(customers.options.attributes.at("since") == AttributeType::date);
  CHECK(customers.retention.contacts == 8760h);
  CHECK_FALSE(customers.retention.notes);
  REQUIRE(customers.identify.size() == 1);
  CHECK(customers.identify[0].kinds == std::vector<std::string>{"phone", "account"});
  CHECK(customers.identify[0].limit == 800ms);
}

TEST_CASE("what cannot be kept so is told with its line") {
  CHECK(faults_of("[customers]\nregion = \"China\"") ==
        "bank.toml:2: customers.region: expected a country such as \"CN\" or \"DE\", got \"China\"");
  CHECK(
      faults_of("[customers]\nmaster_key_file = \"no.key\"")
          .starts_with("bank.toml:2: customers.master_key_file: expected a file with 64 hexadecimal digits"));
  CHECK(faults_of("[customers]\nattributes = { a = \"blob\" }")
            .starts_with("bank.toml:2: customers.attributes.a: expected \"text\""));
  CHECK(faults_of("[[customers.identify]]\nsource = \"crm\"\nquery = \"q\"") ==
        "bank.toml:2: customers.identify.source: there is no [source.crm]; there are: none");
}

TEST_CASE("a site removes what is kept too long, and says how much") {
  const TemporaryFolder folder;
  const Config config = parse_config(R"([voice]
synthesizer = "none"
[sip]
port = 0
[customers]
retention = { contacts = "24h" }
)",
                                     "bank.toml", folder.path());
  AsioLoop loop;
  Site site(loop, config, built_in_flows(), open_memory_stores(loop));
  const ContactRecord old{
      .id = "old", .customer = "7", .began = loop.wall_time() - 25h, .reason = "lost card"};
  const ContactRecord fresh{
      .id = "new", .customer = "7", .began = loop.wall_time() - 1h, .reason = "lost card"};
  outcome(loop, site.customers().keep(old));
  outcome(loop, site.customers().keep(fresh));
  int removed = 0;
  const Journal::Subscription following = site.journal().follow(1, [&removed](const JournalEntry& entry) {
    if (entry.type == events::customers_expired) ++removed;
  });

  outcome(loop, site.start());
  run_until(loop, [&removed] { return removed > 0; });
  const auto forgotten = outcome(loop, site.customers().contact("old"));
  const auto kept = outcome(loop, site.customers().contact("new"));
  outcome(loop, site.stop());

  CHECK(forgotten->reason == "");
  CHECK(kept->reason == "lost card");
  CHECK(removed == 1);
}

// SPDX-License-Identifier: Apache-2.0
#include "tools/customers.hpp"

#include <doctest/doctest.h>

#include "app/site.hpp"
#include "store/journal/until.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"
#include "tools/tool.hpp"
#include "vcsr/journal_events.hpp"

using namespace vcsr;

namespace {

using What = CustomerRequest::What;

/// A center that has run and knows two folders of one customer.
struct RanCenter {
  RanCenter() {
    AsioLoop loop;
    const Stores stores = open_stores(loop, folder / "data", {});
    kept =
        outcome(loop, stores.customers->save({.name = "Anna", .identities = {{"phone", "+8613800000001"}}}));
    merged =
        outcome(loop, stores.customers->save({.name = "Anna", .identities = {{"mail", "anna@example.com"}}}));
  }
  CustomerRequest request(What what, std::string customer) const {
    return {.what = what, .config = config, .customer = std::move(customer), .by = "otto", .why = "asked"};
  }
  Customer find(const Identity& identity) {
    AsioLoop loop;
    const Stores stores = open_stores(loop, folder / "data", {});
    const std::optional<Customer> found = outcome(loop, stores.customers->find(identity));
    return found.value_or(Customer());
  }

  TemporaryFolder folder;
  std::string config = folder.write("bank.toml", "[voice]\nsynthesizer = \"none\"\n");
  std::string kept, merged;
};

User user(UserRole role) {
  User user;
  user.name = "maria";
  user.role = role;
  user.token = Secret("t");
  return user;
}

}  // namespace

TEST_CASE("folders are merged, taken apart and erased by the command, with who did it in the journal") {
  RanCenter center;
  CustomerRequest merge = center.request(What::merge, "phone:008613800000001");
  merge.other = center.merged;

  CHECK(run_customers(merge) == succeeded);
  CHECK(center.find({"mail", "anna@example.com"}).id == center.kept);
  CHECK(run_customers(center.request(What::show, center.merged)) == succeeded);
  CHECK(run_customers(center.request(What::take_out, center.merged)) == succeeded);
  CHECK(run_customers(center.request(What::unmerge, center.merged)) == succeeded);
  CHECK(center.find({"mail", "anna@example.com"}).id == center.merged);
  CHECK(run_customers(center.request(What::matches, center.merged)) == succeeded);
  CHECK(run_customers(center.request(What::erase, center.merged)) == succeeded);
  CHECK(center.find({"mail", "anna@example.com"}).id == "");

  AsioLoop loop;
  const Stores stores = open_stores(loop, center.folder / "data", {});
  std::vector<std::string> types;
  for (const JournalEntry& entry : outcome(loop, stores.journal->read(1, SIZE_MAX))) {
    types.push_back(entry.type);
    CHECK(entry.data.at("by") == Value("otto"));
  }
  CHECK(types == std::vector<std::string>{events::customer_merged, events::customer_exported,
                                          events::customer_unmerged, events::customer_erased});
}

TEST_CASE("what cannot be done is said, and a center that runs is left alone") {
  RanCenter center;
  const auto refusal = [&](Error::Code code, const CustomerRequest& request) {
    return thrown(code, [&] { run_customers(request); });
  };
  CustomerRequest nobody = center.request(What::erase, center.kept);
  nobody.by.clear();

  CHECK(refusal(Error::Code::not_found, center.request(What::show, "mail:a@b")) ==
        "there is no customer of mail 'a@b'");
  CHECK(refusal(Error::Code::invalid, nobody) == "--by: say who does it, for the journal");
  AsioLoop loop;
  const Stores running = open_stores(loop, center.folder / "data", {});
  CHECK(refusal(Error::Code::refused, center.request(What::show, center.kept))
            .starts_with("another center works on the data folder "));
}

TEST_CASE("users do with customers what their roles allow, and agents see what they may") {
  const auto actor = [](UserRole role, What what, std::string token = "t") {
    CustomerRequest request{.what = what, .config = "bank.toml", .token = std::move(token)};
    return customer_actor(request, {user(role)});
  };
  const auto refusal = [&](UserRole role, What what, const char* token = "t") {
    return thrown(Error::Code::refused, [&] { actor(role, what, token); });
  };

  CHECK(actor(UserRole::administrator, What::erase).name == "maria");
  CHECK(actor(UserRole::supervisor, What::merge).view.masked.empty());
  CHECK_FALSE(actor(UserRole::agent, What::show).view.masked.empty());
  CHECK(refusal(UserRole::supervisor, What::erase) == "maria (supervisor) may not do this with customers");
  CHECK(refusal(UserRole::agent, What::merge) == "maria (agent) may not do this with customers");
  CHECK(refusal(UserRole::agent, What::show, "x") ==
        "bank.toml: has users; give the token of one in VCSR_TOKEN");
}

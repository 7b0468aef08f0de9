// SPDX-License-Identifier: Apache-2.0
#include "bank.hpp"
#include "common/settings.hpp"
#include "ledger.hpp"

using namespace vcsr;

namespace {

Task<> introduce(CustomerStore& store, AccountHolder holder) {
  const Identity account{"account", holder.number};
  std::optional<Customer> known = co_await store.find(account);
  if (known) co_return;
  Customer customer;
  customer.name = holder.name;
  customer.language = holder.language;
  customer.identities = {{"phone", holder.phone}, account};
  customer.indicators = {{"segment", holder.segment}};
  co_await store.save(customer);
}

}  // namespace

Task<> introduce_bank_customers(CustomerStore& store, Loop& loop, Facts facts) {
  const Settings settings(facts);
  Database database(loop, settings, "bank.sql");
  Ledger ledger(database);
  std::vector<AccountHolder> holders = co_await ledger.holders();
  for (const AccountHolder& holder : holders) co_await introduce(store, holder);
}

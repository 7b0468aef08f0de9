// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "store/sqlite/contact_table.hpp"
#include "store/sqlite/customer_keys.hpp"
#include "store/sqlite/database.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr::sqlite {

/// Customers, their identities and their contacts through one connection; by one thread at a time.
/// All throw SQLite::Exception, and what CustomerStore throws.
class CustomerTables {
 public:
  /// Takes over stores of earlier versions, and writes folders again where region or master key are new.
  CustomerTables(const Store& store, Access access, const CustomerOptions& options);

  std::optional<Customer> find(const Identity& identity);
  /// The customer has its id.
  void save(const Customer& customer);
  std::vector<ContactRecord> history(const std::string& customer, std::size_t limit);
  /// All or none; durable when it returns.
  void keep(std::span<const ContactRecord> records);
  std::optional<ContactRecord> contact(const std::string& id);
  std::vector<CustomerMatch> matches(const Customer& customer, std::size_t limit);
  /// With who and why, and when.
  Customer merge(CustomerMerge merge);
  CustomerMerge unmerge(const std::string& merged);
  std::vector<CustomerMerge> merges(const std::string& customer);
  void erase(const std::string& customer);
  std::size_t expire(const Retention& keep, WallTime now);

 private:
  std::string setting(const std::string& name);
  void set(const std::string& name, const std::string& value);
  void take_over();
  std::string key(const Identity& identity) const;
  /// The folder that this one is in now; this folder and those in it.
  std::string root(std::string id);
  std::set<std::string> family(const std::string& id);
  std::vector<std::string> all();

  std::optional<Customer> folder(const std::string& id);
  Customer present(const std::string& id);
  std::vector<Identity> identities_before(const std::string& id);
  void require_free(const Identity& identity, const std::string& customer);
  void put(const Customer& customer);
  void put_identities(const Customer& customer);
  void put_matches(const Customer& customer);
  void remove(const std::string& id);
  void erase_family(const std::string& id);

  SQLite::Database database_;
  const CustomerOptions options_;
  CustomerKeys keys_;
  ContactTable contacts_;
};

}  // namespace vcsr::sqlite

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/sqlite/database.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr::sqlite {

/// Customers, their identities and their contacts through one connection; by one thread at a time.
/// All throw SQLite::Exception, the constructor and save() also Error.
class CustomerTables {
 public:
  CustomerTables(const Store& store, Access access);

  std::optional<Customer> find(const Identity& identity);
  /// The customer has its id.
  void save(const Customer& customer);
  std::vector<ContactRecord> history(const std::string& customer, std::size_t limit);
  /// All or none; durable when it returns.
  void keep(std::span<const ContactRecord> records);
  std::optional<ContactRecord> contact(const std::string& id);

 private:
  SQLite::Database database_;
  SQLite::Statement upsert_;
};

}  // namespace vcsr::sqlite

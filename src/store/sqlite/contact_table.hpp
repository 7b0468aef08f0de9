// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "store/sqlite/customer_keys.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr::sqlite {

/// The contacts that are over, with what is personal under their customers' keys. All throw
/// SQLite::Exception, and Error(refused) for what cannot be read.
class ContactTable {
 public:
  /// Both outlive it.
  ContactTable(SQLite::Database& database, CustomerKeys& keys);

  /// Within the caller's transaction.
  void keep(const ContactRecord& record);
  std::optional<ContactRecord> contact(const std::string& id);
  /// Of all these customers, newest first.
  std::vector<ContactRecord> history(const std::set<std::string>& customers, std::size_t limit);
  /// When the last one of these customers began.
  std::optional<WallTime> last(const std::set<std::string>& customers);
  /// Removes what tells who the customer was.
  void forget(const std::set<std::string>& customers);
  /// The same of all before this time; how many.
  std::size_t forget_before(WallTime time);
  /// Writes every one again, as the keys want it.
  void write_again();

 private:
  ContactRecord record_of(SQLite::Statement& row);

  SQLite::Database& database_;
  CustomerKeys& keys_;
  SQLite::Statement upsert_;
};

/// Its table and what stores of earlier versions lack.
void prepare_contacts(SQLite::Database& database);
/// Adds a column that the table has not yet.
void add_column(SQLite::Database& database, const std::string& table, const std::string& column,
                const std::string& type);

}  // namespace vcsr::sqlite

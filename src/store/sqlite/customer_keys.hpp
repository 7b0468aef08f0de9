// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/sqlite/database.hpp"
#include "vcsr/base/secret.hpp"

namespace vcsr::sqlite {

/// A key for every customer, kept under the store's master key; without one nothing is encrypted. The
/// database has the table customer_key and outlives it.
class CustomerKeys {
 public:
  /// Throws Error(invalid) for a master key that has not 32 bytes.
  CustomerKeys(SQLite::Database& database, const Store& store, Secret master);

  bool sealing() const { return !master_.empty(); }
  /// Tells master keys apart; "" without one.
  std::string master_id() const;

  /// What stands in an index in place of `key`: found by who knows the key and the master key.
  std::string index(const std::string& kind, const std::string& key) const;

  /// Sealed under the customer's key, which is made when missing. "" where nothing is sealed.
  std::string seal(const std::string& customer, const std::string& about, const std::string& text);
  /// What was sealed about the same thing. Throws Error(refused) when the key is gone or another.
  std::string open(const std::string& customer, const std::string& about, const std::string& sealed);
  /// Nothing that was sealed under it can be read any more.
  void destroy(const std::string& customer);

 private:
  /// Empty where there is none.
  Secret key_of(const std::string& customer);
  Secret make(const std::string& customer);

  SQLite::Database& database_;
  const Store store_;
  const Secret master_;
  Secret index_key_;
};

}  // namespace vcsr::sqlite

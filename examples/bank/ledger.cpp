// SPDX-License-Identifier: Apache-2.0
#include "ledger.hpp"

#include <openssl/evp.h>

using namespace vcsr;

namespace {

constexpr int pin_rounds = 10'000;

std::string hashed(const Secret& pin, const std::string& salt) {
  unsigned char bytes[32];
  const auto* salt_bytes = reinterpret_cast<const unsigned char*>(salt.data());
  PKCS5_PBKDF2_HMAC(pin.reveal().data(), static_cast<int>(pin.reveal().size()), salt_bytes,
                    static_cast<int>(salt.size()), pin_rounds, EVP_sha256(), sizeof bytes, bytes);
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

/// Columns that are there in both languages end in _en and _zh.
std::string in(const std::string& language) { return language.starts_with("zh") ? "_zh" : "_en"; }

std::chrono::year_month_day date(const std::string& iso) {
  return std::chrono::year(std::stoi(iso.substr(0, 4))) / std::stoi(iso.substr(5, 2)) /
         std::stoi(iso.substr(8, 2));
}

const std::string holder_columns = "SELECT number, name, phone, language, segment FROM customers";

AccountHolder holder(SQLite::Statement& row) {
  return {row.getColumn(0), row.getColumn(1), row.getColumn(2), row.getColumn(3), row.getColumn(4)};
}

}  // namespace

Task<std::vector<AccountHolder>> Ledger::holders() {
  return database_.read([](SQLite::Database& database) {
    SQLite::Statement row(database, holder_columns);
    std::vector<AccountHolder> found;
    while (row.executeStep()) found.push_back(holder(row));
    return found;
  });
}

Task<std::optional<AccountHolder>> Ledger::find(std::string number) {
  return database_.read([number](SQLite::Database& database) {
    SQLite::Statement row(database, holder_columns + " WHERE ? IN (number, phone)");
    row.bind(1, number);
    return row.executeStep() ? std::optional(holder(row)) : std::nullopt;
  });
}

Task<bool> Ledger::pin_is_right(std::string number, Secret pin) {
  return database_.read([number, pin](SQLite::Database& database) {
    SQLite::Statement row(database, "SELECT salt, pin FROM customers WHERE number = ?");
    row.bind(1, number);
    return row.executeStep() && Secret(row.getColumn(1)).matches(hashed(pin, row.getColumn(0)));
  });
}

Task<Money> Ledger::balance(std::string number) {
  return database_.read([number](SQLite::Database& database) {
    SQLite::Statement row(database, "SELECT balance FROM customers WHERE number = ?");
    row.bind(1, number);
    return row.executeStep() ? Money{row.getColumn(0).getInt64()} : Money{};
  });
}

Task<std::vector<Transaction>> Ledger::transactions(std::string number, std::string language) {
  return database_.read([number, language](SQLite::Database& database) {
    SQLite::Statement row(database,
                          "SELECT day, amount, party" + in(language) +
                              " FROM transactions WHERE customer = ? ORDER BY day DESC, id DESC LIMIT 10");
    row.bind(1, number);
    std::vector<Transaction> found;
    while (row.executeStep())
      found.push_back({date(row.getColumn(0)), Money{row.getColumn(1).getInt64()}, row.getColumn(2)});
    return found;
  });
}

Task<std::vector<Rate>> Ledger::rates(std::string language) {
  return database_.read([language](SQLite::Database& database) {
    SQLite::Statement row(database, "SELECT name" + in(language) + ", percent FROM rates ORDER BY id");
    std::vector<Rate> found;
    while (row.executeStep()) found.push_back({row.getColumn(0), row.getColumn(1)});
    return found;
  });
}

Task<std::vector<Branch>> Ledger::branches(std::string language) {
  return database_.read([language](SQLite::Database& database) {
    SQLite::Statement row(database,
                          "SELECT name" + in(language) + ", opens, closes FROM branches ORDER BY id");
    std::vector<Branch> found;
    while (row.executeStep())
      found.push_back({row.getColumn(0), std::chrono::minutes(row.getColumn(1).getInt()),
                       std::chrono::minutes(row.getColumn(2).getInt())});
    return found;
  });
}

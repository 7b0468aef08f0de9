// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <vcsr/base/secret.hpp>
#include <vcsr/base/task.hpp>
#include <vcsr/media/spoken.hpp>

#include "common/database.hpp"

/// One of the bank's customers.
struct AccountHolder {
  std::string number, name, phone, language, segment;
};

struct Transaction {
  std::chrono::year_month_day day;
  vcsr::Money amount;  ///< below zero: paid
  std::string party;
};

struct Rate {
  std::string name, percent;
};

struct Branch {
  std::string name;
  std::chrono::minutes opens, closes;  ///< since midnight
};

/// What the bank knows. Every task throws vcsr::Error(unavailable) when the database cannot be read.
class Ledger {
 public:
  explicit Ledger(Database& database) : database_(database) {}

  vcsr::Task<std::vector<AccountHolder>> holders();
  /// By customer number or telephone number, digits only.
  vcsr::Task<std::optional<AccountHolder>> find(std::string number);
  vcsr::Task<bool> pin_is_right(std::string number, vcsr::Secret pin);
  vcsr::Task<vcsr::Money> balance(std::string number);
  /// The last ten, newest first; names in `language`, as below.
  vcsr::Task<std::vector<Transaction>> transactions(std::string number, std::string language);
  vcsr::Task<std::vector<Rate>> rates(std::string language);
  vcsr::Task<std::vector<Branch>> branches(std::string language);

 private:
  Database& database_;
};

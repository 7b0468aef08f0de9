// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "store/sqlite/database.hpp"
#include "vcsr/journal.hpp"

namespace vcsr::sqlite {

/// The entries of a journal through one connection; by one thread at a time. All throw
/// SQLite::Exception, the constructor also Error.
class JournalTable {
 public:
  JournalTable(const Store& store, Access access);

  /// 0 when there is none.
  std::uint64_t last();
  std::vector<JournalEntry> read(std::uint64_t first, std::size_t limit);

  /// All or none; durable when it returns. Entries written before under their numbers are replaced.
  void write(std::span<const JournalEntry> entries);

 private:
  SQLite::Database database_;
  SQLite::Statement last_;
  SQLite::Statement read_;
  std::optional<SQLite::Statement> insert_;
};

}  // namespace vcsr::sqlite

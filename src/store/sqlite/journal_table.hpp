// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "store/journal/journal_backend.hpp"
#include "store/sqlite/database.hpp"

namespace vcsr::sqlite {

/// The entries of a journal through one connection; by one thread at a time. All throw
/// SQLite::Exception, the constructor also Error.
class JournalTable {
 public:
  JournalTable(const Store& store, Access access);

  /// 0 when there is none.
  std::uint64_t last();
  /// Of the newest entry; zero when there is none.
  JournalHash head();
  std::vector<StoredEntry> read(std::uint64_t first, std::size_t limit);

  /// All or none; durable when it returns. `before` is the hash of the entry before the first; returns that
  /// of the last. Entries written before under their numbers are replaced.
  JournalHash write(std::span<const JournalEntry> entries, const JournalHash& before);

 private:
  SQLite::Database database_;
  SQLite::Statement last_;
  SQLite::Statement read_;
  std::optional<SQLite::Statement> insert_;
  std::optional<JournalHasher> hasher_;
};

}  // namespace vcsr::sqlite

// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/journal_table.hpp"

#include <algorithm>

#include <sqlite3.h>

#include "store/journal/event_upcasts.hpp"
#include "store/sqlite/journal_format.hpp"

namespace vcsr::sqlite {

namespace {

// After a failed fsync the system may call pages clean that never reached the disk, and syncing
// them again proves nothing. So what the log holds is written anew, into the database, and a new
// log is begun.
void settle(SQLite::Database& database) {
  SQLite::Statement checkpoint(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  checkpoint.executeStep();
  if (checkpoint.getColumn(0).getInt() != 0) throw SQLite::Exception("the log is in use", SQLITE_BUSY);
}

SQLite::Database open_journal(const Store& store, Access access) {
  SQLite::Database database = open(store, access);
  try {
    if (access == Access::read) format_of(database, store);
    else prepare_journal(database, store);
    if (access == Access::recover) settle(database);
  } catch (const SQLite::Exception& error) {
    throw unavailable(store, error);
  }
  return database;
}

/// Journals of before have neither versions nor hashes.
const char* reading(SQLite::Database& database, const Store& store) {
  return format_of(database, store) < journal_format
             ? "SELECT number, at, type, subject, data, 1, x'' FROM journal WHERE number >= ? ORDER BY "
               "number LIMIT ?"
             : "SELECT number, at, type, subject, data, version, hash FROM journal WHERE number >= ?"
               " ORDER BY number LIMIT ?";
}

std::optional<JournalHash> hash_in(const SQLite::Column& column) {
  JournalHash hash;
  if (column.getBytes() != static_cast<int>(hash.size())) return std::nullopt;
  std::copy_n(static_cast<const std::uint8_t*>(column.getBlob()), hash.size(), hash.begin());
  return hash;
}

StoredEntry entry_in(SQLite::Statement& row) {
  return {.number = static_cast<std::uint64_t>(row.getColumn(0).getInt64()),
          .at = WallTime(std::chrono::microseconds(row.getColumn(1).getInt64())),
          .version = row.getColumn(5).getInt(),
          .type = row.getColumn(2).getString(),
          .subject = row.getColumn(3).getString(),
          .data = row.getColumn(4).getString(),
          .hash = hash_in(row.getColumn(6))};
}

}  // namespace

JournalTable::JournalTable(const Store& store, Access access)
    : database_(open_journal(store, access)),
      last_(database_, "SELECT coalesce(max(number), 0) FROM journal"),
      read_(database_, reading(database_, store)) {}

std::uint64_t JournalTable::last() {
  const Used used(last_);
  last_.executeStep();
  return static_cast<std::uint64_t>(last_.getColumn(0).getInt64());
}

JournalHash JournalTable::head() {
  const std::vector<StoredEntry> newest = read(last(), 1);
  return newest.empty() ? JournalHash{} : newest.front().hash.value_or(JournalHash{});
}

std::vector<StoredEntry> JournalTable::read(std::uint64_t first, std::size_t limit) {
  constexpr std::uint64_t most = INT64_MAX;
  const Used used(read_);
  read_.bind(1, static_cast<std::int64_t>(std::min(first, most)));
  read_.bind(2, static_cast<std::int64_t>(std::min<std::uint64_t>(limit, most)));
  std::vector<StoredEntry> entries;
  while (read_.executeStep()) entries.push_back(entry_in(read_));
  return entries;
}

JournalHash JournalTable::write(std::span<const JournalEntry> entries, const JournalHash& before) {
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  if (!insert_) insert_.emplace(database_, "INSERT OR REPLACE INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)");
  if (!hasher_) hasher_.emplace();
  JournalHash hash = before;
  for (const JournalEntry& entry : entries) {
    const Used used(*insert_);
    const std::string data = to_json(entry.data);
    const int version = event_version(entry.type);
    hash = hasher_->after(hash, {.number = entry.number,
                                 .at = entry.at,
                                 .version = version,
                                 .type = entry.type,
                                 .subject = entry.subject,
                                 .data = data});
    insert_->bind(1, static_cast<std::int64_t>(entry.number));
    insert_->bind(2, static_cast<std::int64_t>(entry.at.time_since_epoch().count()));
    insert_->bindNoCopy(3, entry.type);
    insert_->bindNoCopy(4, entry.subject);
    insert_->bindNoCopy(5, data);
    insert_->bind(6, version);
    insert_->bindNoCopy(7, hash.data(), static_cast<int>(hash.size()));
    insert_->exec();
  }
  transaction.commit();
  return hash;
}

}  // namespace vcsr::sqlite

// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/journal_table.hpp"

#include <algorithm>

#include <sqlite3.h>

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
    if (access == Access::create)
      database.exec(
          "CREATE TABLE IF NOT EXISTS journal (number INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
          " type TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL) STRICT");
    else if (!database.tableExists("journal"))
      throw Error(Error::Code::unavailable, store.name() + ": the file is not a journal; name another file");
    if (access == Access::recover) settle(database);
  } catch (const SQLite::Exception& error) {
    throw unavailable(store, error);
  }
  return database;
}

JournalEntry entry_of(SQLite::Statement& row) {
  const Value data = from_json(row.getColumn(4).getString());
  const Facts* const facts = data.get_if<Facts>();
  return {.number = static_cast<std::uint64_t>(row.getColumn(0).getInt64()),
          .at = WallTime(std::chrono::microseconds(row.getColumn(1).getInt64())),
          .type = row.getColumn(2).getString(),
          .subject = row.getColumn(3).getString(),
          .data = facts ? *facts : Facts()};
}

}  // namespace

JournalTable::JournalTable(const Store& store, Access access)
    : database_(open_journal(store, access)),
      last_(database_, "SELECT coalesce(max(number), 0) FROM journal"),
      read_(database_,
            "SELECT number, at, type, subject, data FROM journal WHERE number >= ? ORDER BY number LIMIT ?") {
}

std::uint64_t JournalTable::last() {
  const Used used(last_);
  last_.executeStep();
  return static_cast<std::uint64_t>(last_.getColumn(0).getInt64());
}

std::vector<JournalEntry> JournalTable::read(std::uint64_t first, std::size_t limit) {
  constexpr std::uint64_t most = INT64_MAX;
  const Used used(read_);
  read_.bind(1, static_cast<std::int64_t>(std::min(first, most)));
  read_.bind(2, static_cast<std::int64_t>(std::min<std::uint64_t>(limit, most)));
  std::vector<JournalEntry> entries;
  while (read_.executeStep()) entries.push_back(entry_of(read_));
  return entries;
}

void JournalTable::write(std::span<const JournalEntry> entries) {
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  if (!insert_) insert_.emplace(database_, "INSERT OR REPLACE INTO journal VALUES (?, ?, ?, ?, ?)");
  for (const JournalEntry& entry : entries) {
    const Used used(*insert_);
    const std::string data = to_json(entry.data);
    insert_->bind(1, static_cast<std::int64_t>(entry.number));
    insert_->bind(2, static_cast<std::int64_t>(entry.at.time_since_epoch().count()));
    insert_->bindNoCopy(3, entry.type);
    insert_->bindNoCopy(4, entry.subject);
    insert_->bindNoCopy(5, data);
    insert_->exec();
  }
  transaction.commit();
}

}  // namespace vcsr::sqlite

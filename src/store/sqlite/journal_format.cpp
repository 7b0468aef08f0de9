// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/journal_format.hpp"

#include <filesystem>

#include "store/journal/journal_hash.hpp"
#include "store/sqlite/copy_database.hpp"
#include "store/sqlite/journal_lock.hpp"
#include "store/sqlite/journal_table.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace sqlite {

namespace {

constexpr const char* columns_of_chain[] = {"version INTEGER NOT NULL DEFAULT 1",
                                            "hash BLOB NOT NULL DEFAULT x''"};

void name_format(SQLite::Database& database) {
  database.exec("PRAGMA user_version = " + std::to_string(journal_format));
}

/// Gives each entry its hash; those of before had none.
std::uint64_t chain(SQLite::Database& database) {
  SQLite::Statement read(database,
                         "SELECT number, at, type, subject, data, version FROM journal ORDER BY number");
  SQLite::Statement update(database, "UPDATE journal SET hash = ? WHERE number = ?");
  JournalHasher hasher;
  JournalHash hash{};
  std::uint64_t entries = 0;
  for (; read.executeStep(); ++entries) {
    hash = hasher.after(hash, {.number = static_cast<std::uint64_t>(read.getColumn(0).getInt64()),
                               .at = WallTime(std::chrono::microseconds(read.getColumn(1).getInt64())),
                               .version = read.getColumn(5).getInt(),
                               .type = read.getColumn(2).getText(),
                               .subject = read.getColumn(3).getText(),
                               .data = read.getColumn(4).getText()});
    const Used used(update);
    update.bindNoCopy(1, hash.data(), static_cast<int>(hash.size()));
    update.bind(2, read.getColumn(0).getInt64());
    update.exec();
  }
  return entries;
}

}  // namespace

int format_of(SQLite::Database& database, const Store& store) {
  if (!database.tableExists("journal"))
    throw Error(Error::Code::unavailable, store.name() + ": the file is not a journal; name another file");
  const int format = std::max(1, database.execAndGet("PRAGMA user_version").getInt());
  if (format > journal_format)
    throw Error(Error::Code::unavailable, store.name() +
                                              ": a newer version of this program wrote it (format " +
                                              std::to_string(format) + ", this one knows " +
                                              std::to_string(journal_format) + "); use that version");
  return format;
}

void prepare_journal(SQLite::Database& database, const Store& store) {
  if (!database.tableExists("journal")) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    database.exec(
        std::string("CREATE TABLE IF NOT EXISTS journal (number INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
                    " type TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL, ") +
        columns_of_chain[0] + ", " + columns_of_chain[1] + ") STRICT");
    name_format(database);
    transaction.commit();
    return;
  }
  if (const int format = format_of(database, store); format < journal_format)
    throw Error(Error::Code::unavailable,
                store.name() + ": an earlier version of this program wrote it (format " +
                    std::to_string(format) + "); bring it up to date with 'vcsr journal migrate " +
                    store.path + "', which leaves a copy at '" + journal_backup(store.path) + "'");
}

}  // namespace sqlite

std::string journal_backup(const std::string& path) { return path + ".format-1"; }

JournalMigration migrate_sqlite_journal(const std::string& path, const std::string& backup) {
  const sqlite::Store store{"journal", path};
  sqlite::require_place(store);
  const sqlite::JournalLock lock(store);
  SQLite::Database database = sqlite::open(store, sqlite::Access::recover);
  try {
    JournalMigration migration{.from = sqlite::format_of(database, store), .to = sqlite::journal_format};
    if (migration.from == migration.to) return migration;
    if (std::filesystem::exists(backup))
      throw Error(Error::Code::refused,
                  store.name() + ": '" + backup + "' is in the way of its copy; move it away");
    if (!backup.empty()) sqlite::copy_database(path, backup);
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    for (const std::string column : sqlite::columns_of_chain)
      database.exec("ALTER TABLE journal ADD COLUMN " + column);
    migration.entries = sqlite::chain(database);
    sqlite::name_format(database);
    transaction.commit();
    return migration;
  } catch (const SQLite::Exception& error) {
    throw sqlite::unavailable(store, error);
  }
}

}  // namespace vcsr

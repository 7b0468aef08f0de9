// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/database.hpp"

#include <filesystem>

#include <sqlite3.h>
#include <unistd.h>

namespace vcsr::sqlite {

namespace {

namespace fs = std::filesystem;

/// How long a statement waits for another program's lock.
constexpr int patience_ms = 1000;

constexpr const char* permission_remedy =
    "give this user read and write permission for the file and its folder";

[[noreturn]] void fail(const Store& store, const std::string& why) {
  throw Error(Error::Code::unavailable, store.name() + ": " + why);
}

std::string reason(const Store& store, const SQLite::Exception& error) {
  const std::string detail = std::string(" (") + error.what() + ")";
  switch (error.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "locked by another program; end the program that holds it";
    case SQLITE_FULL: return "the disk is full; free some space";
    case SQLITE_READONLY: return std::string("the file is read-only; ") + permission_remedy;
    case SQLITE_CANTOPEN:
      return fs::exists(store.path)
                 ? "the file cannot be opened; " + std::string(permission_remedy)
                 : "the file does not exist and cannot be made; " + std::string(permission_remedy);
    case SQLITE_NOTADB: return "the file is not an SQLite database; name another file or move this one away";
    case SQLITE_CORRUPT: return "the file is damaged" + detail + "; restore it from a backup or move it away";
    case SQLITE_IOERR: return "input/output error" + detail + "; check the disk";
    default: return error.what();
  }
}

void prepare(SQLite::Database& database, const Store& store) {
  if (sqlite3_db_readonly(database.getHandle(), "main") == 1)
    fail(store, std::string("the file is read-only; ") + permission_remedy);
  const std::string mode = database.execAndGet("PRAGMA journal_mode=WAL").getString();
  if (mode != "wal")
    fail(store, "this file system does not support SQLite's write-ahead log; name a file on a local disk");
  database.exec("PRAGMA synchronous=FULL");
}

int open_flags(Access access) {
  if (access == Access::read) return SQLite::OPEN_READONLY;
  return SQLite::OPEN_READWRITE | (access == Access::create ? SQLite::OPEN_CREATE : 0);
}

}  // namespace

SQLite::Database open(const Store& store, Access access) {
  require_place(store);
  std::error_code ignored;
  if (access != Access::create && !fs::exists(store.path, ignored)) fail(store, "the file does not exist");
  try {
    SQLite::Database database(store.path, open_flags(access), patience_ms);
    if (access != Access::read) prepare(database, store);
    return database;
  } catch (const SQLite::Exception& error) {
    throw unavailable(store, error);
  }
}

void require_place(const Store& store) {
  const fs::path folder = fs::absolute(store.path).parent_path();
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    fail(store, "the folder '" + folder.string() + "' does not exist; create it or name another file");
  if (fs::is_directory(store.path, ignored)) fail(store, "this is a folder; name a file in it");
}

Error unavailable(const Store& store, const SQLite::Exception& error) {
  return Error(Error::Code::unavailable, store.name() + ": " + reason(store, error));
}

bool usable_after(const SQLite::Exception& error) {
  const int code = error.getErrorCode();
  return code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_FULL;
}

}  // namespace vcsr::sqlite

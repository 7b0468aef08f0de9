// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "vcsr/base/log.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// How a store writes: it trades how soon a change is durable for how many share one fsync.
struct SqliteOptions {
  /// on_loop for simulations: every call is then done when it returns.
  Worker::Mode worker = Worker::Mode::thread;
  /// Entries or contact records that come within this time share one commit (and one fsync). What is
  /// awaited by Journal::durable(), or may be read, is written at once, or 10 ms after the commit before.
  Duration group = std::chrono::milliseconds(20);
  Log log = {};
};

/// The loop outlives what these return, and their tasks are awaited on it. Both create the file (WAL,
/// synchronous=FULL) and its tables when missing. They throw Error(unavailable) that names the path and what
/// to do when the file cannot be opened, is read-only or is no database, and Error(refused) when another
/// process has this journal open for writing.
VCSR_EXPORT std::unique_ptr<Journal> open_sqlite_journal(Loop& loop, const std::string& path,
                                                         SqliteOptions options = {});
VCSR_EXPORT std::unique_ptr<CustomerStore> open_sqlite_customers(Loop& loop, const std::string& path,
                                                                 SqliteOptions options = {},
                                                                 CustomerOptions customers = {});

/// Reads another process's journal without disturbing it, durable entries only: append() throws
/// Error(unsupported). New entries are looked for every 200 ms while somebody follows; last() is that of
/// the latest look. Throws Error(unavailable) when there is no journal at the path.
VCSR_EXPORT std::unique_ptr<Journal> read_sqlite_journal(Loop& loop, const std::string& path,
                                                         SqliteOptions options = {});

/// What migrate_sqlite_journal() did.
struct JournalMigration {
  int from = 0, to = 0;  ///< formats; the same when there was nothing to do
  std::uint64_t entries = 0;
};

/// Where the copy of a journal is kept while it is migrated, beside it: "journal.db.format-1".
VCSR_EXPORT std::string journal_backup(const std::string& path);

/// Brings a journal that an earlier version of the library wrote to today's format, in one transaction;
/// returns when that is done, which may take minutes.
/// open_sqlite_journal() never does so by itself: it refuses such a journal with Error(unavailable).
/// `backup` names the copy that is made first; "" for none. Throws Error: unavailable when a file cannot be
/// read or written, refused when the journal is in use or something is in the place of the copy.
VCSR_EXPORT JournalMigration migrate_sqlite_journal(const std::string& path, const std::string& backup);

}  // namespace vcsr

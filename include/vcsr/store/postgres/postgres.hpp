// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "vcsr/base/log.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// How a journal in PostgreSQL is written; see SqliteOptions.
struct PostgresOptions {
  /// on_loop for tests: every call is then done when it returns.
  Worker::Mode worker = Worker::Mode::thread;
  /// Entries that come within this time share one commit.
  Duration group = std::chrono::milliseconds(20);
  Log log = {};
};

/// A journal in the tables vcsr_journal and vcsr_journal_writer of a PostgreSQL database (12 or later,
/// UTF-8), which are made when missing. `address` is a connection string or URI as libpq takes it; keep the
/// password in a passfile. One process writes: it holds an advisory lock and an epoch that every commit
/// checks, so that a writer who was replaced writes nothing more and says so in trouble(). While the server
/// is away entries wait in memory. The loop outlives the journal. Connecting holds up the caller. Throws
/// Error: unavailable when the server or the database cannot be used, refused when another process writes
/// this journal.
VCSR_EXPORT std::unique_ptr<Journal> open_postgres_journal(Loop& loop, const std::string& address,
                                                           PostgresOptions options = {});

/// Reads such a journal without disturbing who writes it, also from a standby server: append() throws
/// Error(unsupported). Who writes hints at new entries by NOTIFY; they are looked for every 200 ms besides,
/// while somebody follows. Throws Error(unavailable) when there is no journal.
VCSR_EXPORT std::unique_ptr<Journal> read_postgres_journal(Loop& loop, const std::string& address,
                                                           PostgresOptions options = {});

/// Whether a text is the address of a PostgreSQL database ("postgresql://…", "dbname=…") and no path.
VCSR_EXPORT bool is_postgres_address(const std::string& text);

}  // namespace vcsr

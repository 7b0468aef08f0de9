// SPDX-License-Identifier: Apache-2.0
#include "store/journal/foreign_journal.hpp"
#include "store/journal/grouped_journal.hpp"
#include "store/sqlite/journal_file.hpp"
#include "store/sqlite/sqlite_reader.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

std::unique_ptr<JournalReader> make_sqlite_reader(const std::string& path) {
  return std::make_unique<sqlite::JournalFileReader>(sqlite::Store{"journal", path});
}

std::unique_ptr<Journal> open_sqlite_journal(Loop& loop, const std::string& path, SqliteOptions options) {
  auto file = std::make_unique<sqlite::JournalFile>(sqlite::Store{"journal", path});
  if (file->torn() > 0)
    options.log.component("journal").warning(
        "the end of the journal was not whole and is dropped: nobody was told that it is durable",
        {{"file", path + "-wal"}, {"bytes", file->torn()}, {"last", file->last()}});
  return std::make_unique<GroupedJournal>(
      loop, std::move(file), make_sqlite_reader(path),
      GroupedJournal::Options{.mode = options.worker, .group = options.group, .log = options.log});
}

std::unique_ptr<Journal> read_sqlite_journal(Loop& loop, const std::string& path, SqliteOptions options) {
  return std::make_unique<ForeignJournal>(
      loop,
      ForeignJournal::Source{.name = sqlite::Store{"journal", path}.name(),
                             .reader = make_sqlite_reader(path)},
      options.worker, options.log);
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "tools/journal_place.hpp"

#include <filesystem>

#include "store/postgres/postgres_reader.hpp"
#include "store/sqlite/sqlite_reader.hpp"
#include "vcsr/store/postgres/postgres.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

JournalPlace::JournalPlace(const std::string& named)
    : postgres(is_postgres_address(named)),
      path(!postgres && std::filesystem::is_directory(named)
               ? (std::filesystem::path(named) / "journal.db").string()
               : named) {}

std::unique_ptr<Journal> JournalPlace::read(Loop& loop) const {
  return postgres ? read_postgres_journal(loop, path) : read_sqlite_journal(loop, path);
}

std::unique_ptr<JournalReader> JournalPlace::reader() const {
  return postgres ? make_postgres_reader(path) : make_sqlite_reader(path);
}

}  // namespace vcsr

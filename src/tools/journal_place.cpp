// SPDX-License-Identifier: Apache-2.0
#include "tools/journal_place.hpp"

#include <filesystem>

#include "store/sqlite/sqlite_reader.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

JournalPlace::JournalPlace(const std::string& named)
    : path(std::filesystem::is_directory(named) ? (std::filesystem::path(named) / "journal.db").string()
                                                : named) {}

std::unique_ptr<Journal> JournalPlace::read(Loop& loop) const { return read_sqlite_journal(loop, path); }

std::unique_ptr<JournalReader> JournalPlace::reader() const { return make_sqlite_reader(path); }

}  // namespace vcsr

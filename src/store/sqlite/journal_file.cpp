// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/journal_file.hpp"

#include "store/sqlite/torn_log.hpp"

namespace vcsr::sqlite {

namespace {

const Store& placed(const Store& store) {
  require_place(store);
  return store;
}

}  // namespace

JournalFile::JournalFile(Store store)
    : store_(std::move(store)),
      lock_(placed(store_)),
      torn_(torn_bytes(store_.path)),
      table_(std::in_place, store_, Access::create) {
  try {
    last_ = table_->last();
    head_ = table_->head();
  } catch (const SQLite::Exception& error) {
    throw unavailable(store_, error);
  }
}

std::string JournalFile::write(std::span<const JournalEntry> entries) noexcept {
  try {
    if (!table_) table_.emplace(store_, Access::recover);
    head_ = table_->write(entries, head_);
    return {};
  } catch (const SQLite::Exception& error) {
    if (!usable_after(error)) table_.reset();
    return unavailable(store_, error).what();
  } catch (const std::exception& error) {
    table_.reset();
    return error.what();
  }
}

template <class Query>
auto JournalFileReader::ask(Query query) {
  try {
    if (!table_) table_.emplace(store_, Access::read);
    return query(*table_);
  } catch (const SQLite::Exception& error) {
    if (!usable_after(error)) table_.reset();
    throw unavailable(store_, error);
  }
}

std::uint64_t JournalFileReader::last() {
  return ask([](JournalTable& table) { return table.last(); });
}

std::vector<StoredEntry> JournalFileReader::read(std::uint64_t first, std::size_t limit) {
  return ask([first, limit](JournalTable& table) { return table.read(first, limit); });
}

}  // namespace vcsr::sqlite

// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/journal_writer.hpp"

namespace vcsr::sqlite {

namespace {

const Store& placed(const Store& store) {
  require_place(store);
  return store;
}

}  // namespace

JournalWriter::JournalWriter(Store store)
    : store_(std::move(store)), lock_(placed(store_)), table_(std::in_place, store_, Access::create) {
  try {
    last_ = table_->last();
  } catch (const SQLite::Exception& error) {
    throw unavailable(store_, error);
  }
}

std::string JournalWriter::write(std::span<const JournalEntry> entries) noexcept {
  try {
    if (!table_) table_.emplace(store_, Access::recover);
    table_->write(entries);
    return {};
  } catch (const SQLite::Exception& error) {
    if (!usable_after(error)) table_.reset();
    return unavailable(store_, error).what();
  } catch (const std::exception& error) {
    table_.reset();
    return error.what();
  }
}

}  // namespace vcsr::sqlite

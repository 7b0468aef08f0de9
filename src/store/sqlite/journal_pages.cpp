// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/journal_pages.hpp"

namespace vcsr::sqlite {

JournalPages::JournalPages(Loop& loop, Store store, Worker::Mode mode)
    : store_(std::move(store)), worker_(loop, mode) {}

Task<std::vector<JournalEntry>> JournalPages::read(std::uint64_t first, std::size_t limit) {
  return ask<std::vector<JournalEntry>>(
      [first, limit](JournalTable& table) { return table.read(first, limit); });
}

Task<std::uint64_t> JournalPages::last() {
  return ask<std::uint64_t>([](JournalTable& table) { return table.last(); });
}

template <class Result, class Query>
Task<Result> JournalPages::ask(Query query) {
  return worker_.run([this, query]() -> Result {
    try {
      if (!table_) table_.emplace(store_, Access::read);
      return query(*table_);
    } catch (const SQLite::Exception& error) {
      if (!usable_after(error)) table_.reset();
      throw unavailable(store_, error);
    }
  });
}

}  // namespace vcsr::sqlite

// SPDX-License-Identifier: Apache-2.0
#include "store/journal/journal_pages.hpp"

namespace vcsr {

JournalPages::JournalPages(Loop& loop, std::unique_ptr<JournalReader> reader, Worker::Mode mode)
    : reader_(std::move(reader)), worker_(loop, mode) {}

Task<std::vector<JournalEntry>> JournalPages::read(std::uint64_t first, std::size_t limit) {
  return worker_.run([this, first, limit] {
    std::vector<StoredEntry> stored = reader_->read(first, limit);
    std::vector<JournalEntry> entries;
    entries.reserve(stored.size());
    for (StoredEntry& one : stored) entries.push_back(entry_of(std::move(one)));
    return entries;
  });
}

Task<std::uint64_t> JournalPages::last() {
  return worker_.run([this] { return reader_->last(); });
}

}  // namespace vcsr

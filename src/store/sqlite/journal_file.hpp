// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "store/sqlite/journal_lock.hpp"
#include "store/sqlite/journal_table.hpp"

namespace vcsr::sqlite {

/// The writing side of a journal's file.
class JournalFile final : public JournalWriter {
 public:
  /// Throws Error(unavailable) or Error(refused).
  explicit JournalFile(Store store);

  std::string name() const override { return store_.name(); }
  std::uint64_t last() const override { return last_; }
  std::string stuck() const override { return "the disk does not finish writing; check it"; }
  std::string write(std::span<const JournalEntry> entries) noexcept override;
  /// Bytes at the end of its log that belonged to no whole commit when it was opened.
  std::uint64_t torn() const { return torn_; }

 private:
  const Store store_;
  const JournalLock lock_;
  const std::uint64_t torn_;
  std::optional<JournalTable> table_;
  std::uint64_t last_;
  JournalHash head_;  ///< of the newest durable entry
};

/// The reading side of a journal's file.
class JournalFileReader final : public JournalReader {
 public:
  explicit JournalFileReader(Store store) : store_(std::move(store)) {}

  std::uint64_t last() override;
  std::vector<StoredEntry> read(std::uint64_t first, std::size_t limit) override;

 private:
  template <class Query>
  auto ask(Query query);

  const Store store_;
  std::optional<JournalTable> table_;
};

}  // namespace vcsr::sqlite

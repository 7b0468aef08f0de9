// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "store/sqlite/journal_lock.hpp"
#include "store/sqlite/journal_table.hpp"

namespace vcsr::sqlite {

/// The writing side of a journal's file, which survives what happens to the disk. One thread at a time.
class JournalWriter {
 public:
  /// Throws Error(unavailable) or Error(refused).
  explicit JournalWriter(Store store);

  /// The newest entry when the file was opened.
  std::uint64_t last() const { return last_; }

  /// "" when the entries are durable, else why not; the same entries may then be written again.
  std::string write(std::span<const JournalEntry> entries) noexcept;

 private:
  const Store store_;
  const JournalLock lock_;
  std::optional<JournalTable> table_;
  std::uint64_t last_;
};

}  // namespace vcsr::sqlite

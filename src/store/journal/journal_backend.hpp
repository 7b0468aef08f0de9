// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/journal/journal_hash.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// An entry as a database keeps it.
struct StoredEntry {
  std::uint64_t number = 0;
  WallTime at{};
  int version = 1;  ///< of its type, by which it was written
  std::string type = {};
  std::string subject = {};
  std::string data = {};                 ///< JSON
  std::optional<JournalHash> hash = {};  ///< none in journals of before there was a chain
};

/// The entry as it would be written today.
JournalEntry entry_of(StoredEntry stored);

/// The writing side of a journal in some database, which survives what happens to that. One thread at a
/// time; whoever opens one is the only writer.
class JournalWriter {
 public:
  virtual ~JournalWriter();

  /// "journal '/var/lib/vcsr/journal.db'"
  virtual std::string name() const = 0;
  /// The newest entry when it was opened.
  virtual std::uint64_t last() const = 0;
  /// What to tell an operator when write() does not come back.
  virtual std::string stuck() const = 0;
  /// "" when the entries are durable, else why not; the same entries may then be written again, with more
  /// behind them.
  virtual std::string write(std::span<const JournalEntry> entries) noexcept = 0;
};

/// The reading side, through a connection of its own that is opened when first needed and again after a
/// failure. One thread at a time. All throw Error(unavailable).
class JournalReader {
 public:
  virtual ~JournalReader();

  virtual std::uint64_t last() = 0;
  virtual std::vector<StoredEntry> read(std::uint64_t first, std::size_t limit) = 0;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/file_descriptor.hpp"
#include "recording/signing_key.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr::recording {

/// What was done with which recording: a link of the chain that shows when something was taken away.
struct LedgerEntry {
  std::uint64_t number = 0;   ///< from 1, without gaps
  std::string previous = {};  ///< hash of the entry before
  WallTime at{};
  std::string by = {};
  std::string kind = {};
  std::string recording = {};
  Facts details = {};
  std::string signature = {};

  /// The text that is signed.
  std::string text() const;
  /// What the next entry names.
  std::string hash() const;
  /// {"entry":{…},"signature":"…"} on one line.
  Facts document() const;
};

/// The `previous` of the first entry.
std::string ledger_origin();

/// Throws Error(invalid) when the document is no entry.
LedgerEntry ledger_entry(const Value& document);
/// Nothing when the line is no entry.
std::optional<LedgerEntry> parse_ledger_line(std::string_view line);

/// Up to where a ledger was read.
struct LedgerPlace {
  std::uint64_t offset = 0;  ///< bytes
  std::uint64_t number = 0;  ///< of the last entry
  std::string hash = ledger_origin();
};

/// The file `ledger.jsonl` of an archive: signed entries, appended one by one, by any number of programs.
class Ledger {
 public:
  /// Whoever holds it is the only one who appends, in whatever program.
  class Lock {
   public:
    explicit Lock(Ledger& ledger);
    ~Lock();
    Lock(const Lock&) = delete;

   private:
    Ledger& ledger_;
  };

  /// Makes the file when missing. Throws Error(unavailable).
  Ledger(std::string path, SigningKey key, LedgerPlace place);

  /// Entries after place(), others' too; lines that are none are left out. With the lock, what a crash left
  /// of a line is removed. Throws Error(unavailable).
  std::vector<LedgerEntry> read_on();
  /// The next entries: numbered, linked and signed; with the lock and after read_on().
  std::vector<LedgerEntry> next(std::vector<LedgerEntry> drafts) const;
  /// Adds what next() gave; on the disk when this returns.
  void append(const std::vector<LedgerEntry>& entries);

  const LedgerPlace& place() const { return place_; }
  const std::string& path() const { return path_; }

 private:
  std::string read_rest() const;
  [[noreturn]] void fail(const char* doing, int error) const;

  const std::string path_;
  const SigningKey key_;
  FileDescriptor file_;
  LedgerPlace place_;
  bool locked_ = false;
};

}  // namespace vcsr::recording

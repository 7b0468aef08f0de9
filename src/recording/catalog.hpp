// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recording/ledger.hpp"
#include "recording/manifest.hpp"
#include "store/sqlite/database.hpp"
#include "vcsr/recording/recording.hpp"

namespace vcsr::recording {

/// The index of an archive: what the ledger and the manifests say, so that it can be searched. It can be
/// made anew from them at any time. One thread at a time; all throw SQLite::Exception, the constructor Error.
class Catalog {
 public:
  explicit Catalog(const std::string& path);

  /// Up to where of the ledger it knows.
  LedgerPlace place();
  /// Takes the entry over, unless it has it already; `manifest` for those that need one.
  void apply(const LedgerEntry& entry, const Manifest* manifest);
  void set_place(const LedgerPlace& place);
  /// Forgets everything but journal_place().
  void clear();

  std::optional<ArchivedRecording> find(const std::string& id);
  std::vector<ArchivedRecording> search(const RecordingQuery& query);
  /// The newest last; of all recordings when `id` is "".
  std::vector<RecordingUse> history(const std::string& id, std::size_t limit);
  /// The oldest first, at most `limit`.
  std::vector<RecordingUse> uses_after(std::uint64_t number, std::size_t limit = SIZE_MAX);
  /// Without their notes: those deleted before, those kept and not held that began before, those whose key is
  /// under another master key.
  std::vector<ArchivedRecording> deleted_before(WallTime time);
  std::vector<ArchivedRecording> free_before(WallTime time);
  std::vector<ArchivedRecording> under_other_keys(const std::string& key);
  /// Whether a recording is this file, a path relative to the archive.
  bool has_file(const std::string& file);

  /// A number that lasts, by its name; 0 when there is none.
  std::uint64_t number(const char* name);
  void set_number(const char* name, std::uint64_t value);

  SQLite::Database& database() { return database_; }

 private:
  void insert(const LedgerEntry& entry, const Manifest& manifest);
  void note(const LedgerEntry& entry, const Manifest* manifest);
  void change(const LedgerEntry& entry);
  void rekey(const LedgerEntry& entry);

  SQLite::Database database_;
};

/// The number in an address: "+8613800000001" of "sip:+8613800000001@192.0.2.1;user=phone".
std::string number_of(const std::string& address);

}  // namespace vcsr::recording

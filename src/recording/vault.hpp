// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recording/catalog.hpp"
#include "recording/envelope.hpp"
#include "recording/ledger.hpp"
#include "recording/manifest.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/recording/archive.hpp"

namespace vcsr::recording {

/// Who does something, when and why.
struct Act {
  WallTime at{};
  std::string by = {};
  std::string reason = {};
};

/// A finished recording in the form in which it is kept, hashed.
struct SettledRecording {
  RecordingDescription facts;  ///< as they were given, its file may be gone
  std::string path;            ///< of what is kept
  SegmentChain chain;
};

/// An archive by itself: one thread at a time, in as many programs as there are. Whatever is done is an entry
/// of the ledger first and then of the catalog. All throw Error.
class Vault {
 public:
  /// Makes what is missing.
  explicit Vault(ArchiveOptions options);

  /// Closes the file, brings it into the form in which it is kept and hashes it; nothing for one that the
  /// ledger has.
  std::optional<SettledRecording> settle(RecordingDescription facts);
  /// Takes them into the ledger, all or none; those that are there already stay. How many are new.
  std::size_t seal(const std::vector<SettledRecording>& recordings, WallTime at);
  /// Files that a crash left open, with what their manifests know of them.
  std::vector<RecordingDescription> left_over();

  std::optional<ArchivedRecording> find(const std::string& id);
  std::vector<ArchivedRecording> search(const RecordingQuery& query);
  std::vector<RecordingUse> history(const std::string& id, std::size_t limit);

  void note(const std::string& id, const std::string& text, const Act& act);

  /// The whole recording as a WAV or Ogg file; `kind` of use ("listened", "exported") goes into the ledger
  /// first. Refused for one that is not kept.
  std::vector<std::uint8_t> audio(const std::string& id, const std::string& kind, Facts details,
                                  const Act& act);

  /// May not be deleted, for the act's reason.
  void hold(const std::string& id, const Act& act);
  void release(const std::string& id, const Act& act);
  /// Deletes it so that it can come back, and brings it back.
  void remove(const std::string& id, const Act& act);
  void restore(const std::string& id, const Act& act);
  /// Takes a deleted one away for good: first its key, then the audio, then what is known of the call.
  void destroy(const std::string& id, const Act& act);
  /// Deletes what the retention rules no longer keep, and destroys what has been deleted for long enough.
  ArchiveSweep sweep(WallTime at);
  /// Puts the keys of all recordings under the present master key; how many.
  std::size_t rekey(const Act& act);

  /// Makes the catalog anew from the ledger and the manifests.
  void rebuild();
  /// Entries that the journal has not been told, oldest first; told() remembers that it was.
  std::vector<RecordingUse> untold();
  void told(std::uint64_t number);
  /// The first `limit` entries after this one.
  std::vector<RecordingUse> uses_after(std::uint64_t number, std::size_t limit);
  /// An entry of the ledger that changes nothing here.
  void record_use(const std::string& id, const char* kind, Facts details, const Act& act);

  std::uint64_t journal_place();
  void set_journal_place(std::uint64_t number);

  const MasterKeys& keys() const { return keys_; }
  const ArchiveOptions& options() const { return options_; }
  std::string absolute(const std::string& file) const { return options_.folder + "/" + file; }
  std::string relative(const std::string& path) const;

 private:
  struct Open {
    explicit Open(const ArchiveOptions& options);
    Catalog catalog;
    Ledger ledger;
  };

  /// Runs `work` on what is open; what SQLite throws becomes Error(unavailable) and opens all anew next time.
  template <class Work>
  auto attempt(Work work) -> decltype(work(std::declval<Open&>())) {
    try {
      return work(opened());
    } catch (const SQLite::Exception& error) {
      lost(error);
    }
  }
  /// The same with the ledger locked and read.
  template <class Work>
  auto change(Work work) -> decltype(work(std::declval<Open&>())) {
    return attempt([&](Open& open) {
      const Ledger::Lock lock(open.ledger);
      take_over(open, open.ledger.read_on());
      return work(open);
    });
  }
  Open& opened();
  [[noreturn]] void lost(const SQLite::Exception& error);
  void take_over(Open& open, const std::vector<LedgerEntry>& entries);
  /// Something to enter, and what of it goes into the manifest of the recording at `path`.
  struct Draft {
    LedgerEntry entry;
    std::string path = {};
    std::optional<Manifest> manifest = {};  ///< without an entry: the draft's becomes the manifest's
    Facts confidential = {};
  };
  /// Numbers and signs the entries, writes their manifests, and then appends them.
  void enter(Open& open, std::vector<Draft> drafts);
  void enter(Open& open, LedgerEntry draft);
  Draft recorded(const SettledRecording& recording, WallTime at) const;
  /// Throws Error(not_found).
  ArchivedRecording require(Open& open, const std::string& id);
  /// The same of one in this state; Error(refused) otherwise.
  ArchivedRecording require(Open& open, const std::string& id, RecordingState state, const char* doing);
  void destroy(Open& open, const ArchivedRecording& recording, const Act& act);
  /// The path of the finished file once it has the form in which it is kept.
  std::string keep(const std::string& path, Duration& length) const;
  Manifest manifest_of(const std::string& file) const;

  const ArchiveOptions options_;
  const MasterKeys keys_;
  std::optional<Open> open_;
};

}  // namespace vcsr::recording

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vcsr/base/log.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/recording/recording.hpp"

namespace vcsr {

/// Where an archive keeps what it needs.
struct ArchiveOptions {
  std::string folder = {};       ///< of the recordings, with ledger.jsonl and catalog.db; made when missing
  std::string signing_key = {};  ///< PEM file, made when missing; "": keys/signing.pem in the folder
  /// on_loop for simulations: every call is then done when it returns.
  Worker::Mode worker = Worker::Mode::thread;
  Log log = {};
};

/// What becomes of recordings once they are made: each is hashed, signed and linked to the one before (in
/// ledger.jsonl and a manifest beside the file), and found again by number, agent, queue, time and note.
/// Everything that is done with one is an entry of the ledger. Works beside a running center as well: several
/// programs may open the same folder. Used on its loop; a thread of its own does the work.
class VCSR_EXPORT Archive {
 public:
  /// Makes folder, key and catalog when they are missing. Throws Error: unavailable, or invalid for a key
  /// file that holds something else.
  Archive(Loop& loop, ArchiveOptions options);
  /// Finishes the work in hand.
  ~Archive();
  Archive(const Archive&) = delete;

  /// Takes over every recording that the journal tells of: those of earlier runs, whatever a crash left
  /// unfinished closed at its last whole block, now, and those to come as they finish. Before the center
  /// takes calls; once. Tells the journal what happens in the ledger. The journal outlives the archive.
  /// Returns how many recordings of earlier runs were taken over.
  Task<std::size_t> follow(Journal& journal);

  /// Takes over a finished recording: its file does not change any more. One that is there already stays.
  Task<> add(RecordingDescription facts);

  /// Newest first, at most `limit`.
  Task<std::vector<ArchivedRecording>> search(RecordingQuery query);
  Task<std::optional<ArchivedRecording>> find(std::string id);
  /// What was done with it, or with all when `id` is "": the last `limit`, oldest first.
  Task<std::vector<RecordingUse>> history(std::string id, std::size_t limit = 1000);

  /// All that change something say who does it and throw Error(not_found) for an id that is not there.
  Task<> note(std::string id, std::string text, std::string by);

  /// Makes the catalog anew from the ledger and the manifests.
  Task<> rebuild();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr

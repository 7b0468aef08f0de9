// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vcsr/base/log.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/media/recording_writer.hpp"
#include "vcsr/recording/live.hpp"
#include "vcsr/recording/recording.hpp"

namespace vcsr {

/// How long recordings are kept: the first rule that fits holds, without one they are kept for ever.
struct RetentionRule {
  std::string queue = {}, label = {};  ///< "" fits any
  std::chrono::days keep{};            ///< 0: for ever
};

/// What a sweep did.
struct ArchiveSweep {
  std::size_t deleted = 0;
  std::size_t destroyed = 0;
};

/// How the disk of recordings is off.
enum class DiskSpace {
  plenty,
  low,       ///< recordings of dispensable rules are not made
  scarce,    ///< none are made
  critical,  ///< running ones should end
};
VCSR_EXPORT const char* to_string(DiskSpace space) noexcept;

/// When the disk counts as nearly full. Calls are never refused for it, only recordings.
struct DiskLimits {
  std::uint64_t warn = 0;    ///< bytes; below it a warning, and recordings of dispensable rules are not made
  std::uint64_t refuse = 0;  ///< below it none are made
  std::uint64_t stop =
      0;  ///< below it DiskSpace::critical; whoever has the calls ends recordings of little value
  std::vector<std::string> dispensable = {};  ///< names of recording rules; "" for those without a rule
  /// Bytes that are free where the folder is; empty: as the system says. Asked on the archive's thread.
  std::function<std::uint64_t(const std::string& folder)> free = {};
};

/// How finished recordings are kept.
enum class RecordingFormat {
  wav,   ///< G.711 as it was carried
  opus,  ///< Opus in Ogg, both tracks: a quarter of the space, but no longer bit for bit what was heard
};

/// Where an archive keeps what it needs, and what it does by itself.
struct ArchiveOptions {
  std::string folder = {};       ///< of the recordings, with ledger.jsonl and catalog.db; made when missing
  std::string signing_key = {};  ///< PEM file, made when missing; "": keys/signing.pem in the folder
  /// File of 64 hexadecimal digits that the keys of recordings are encrypted with (AES-256-GCM); "":
  /// recordings are not encrypted.
  std::string master_key = {};
  std::vector<std::string> old_master_keys = {};  ///< files of those before it, until rekey() is done
  RecordingFormat format = RecordingFormat::wav;
  DiskLimits disk = {};
  std::vector<RetentionRule> retention = {};
  std::chrono::days grace{30};  ///< between deletion and destruction
  Duration sweep_every{};       ///< zero: only when sweep() is called
  /// on_loop for simulations: every call is then done when it returns.
  Worker::Mode worker = Worker::Mode::thread;
  Log log = {};
};

/// Writes a new master key into a new file of mode 0600. Throws Error(unavailable).
VCSR_EXPORT void make_master_key(const std::string& path);

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

  /// Makes recordings as this archive keeps them, encrypted while they are written, where the disk has space:
  /// for CenterOptions::recording_maker. The archive outlives what uses it.
  std::shared_ptr<RecordingMaker> maker();

  /// Takes over every recording that the journal tells of: those of earlier runs, whatever a crash left
  /// unfinished closed at its last whole block, now, and those to come as they finish. Before the center
  /// takes calls; once. Tells the journal what happens in the ledger. The journal outlives the archive.
  /// Returns how many recordings of earlier runs were taken over.
  Task<std::size_t> follow(Journal& journal);

  /// Takes over a finished recording: its file does not change any more. One that is there already stays.
  Task<> add(RecordingDescription facts);

  /// Newest first, at most `limit`. What has ended when somebody searches, looks for it or listens to it is
  /// taken over first.
  Task<std::vector<ArchivedRecording>> search(RecordingQuery query);
  Task<std::optional<ArchivedRecording>> find(std::string id);
  /// What was done with it, or with all when `id` is "": the last `limit`, oldest first.
  Task<std::vector<RecordingUse>> history(std::string id, std::size_t limit = 1000);

  /// All that change something say who does it and throw Error(not_found) for an id that is not there.
  Task<> note(std::string id, std::string text, std::string by);

  /// The recording as a WAV or Ogg file, decrypted. Refused for one that is deleted.
  Task<std::vector<std::uint8_t>> listen(std::string id, std::string by);
  /// Lets somebody hear a recording that is made just now, by its id and path, after an entry "overheard" in
  /// the ledger. Throws Error: not_found when it does not run, refused when four listen to it already.
  Task<LiveListening> overhear(std::string id, std::string file, std::string by);
  /// The same as listen() for somebody who takes it along to some place, for the ledger.
  Task<std::vector<std::uint8_t>> take_out(std::string id, std::string to, std::string by);
  /// Notes in the ledger that somebody wanted to do what he has no right to; `id` may be "".
  Task<> deny(std::string id, std::string right, std::string by);
  /// The same as listen() into a new file of mode 0600, as WAV where its name ends so. Throws
  /// Error(unavailable) when it cannot be written.
  Task<> export_to(std::string id, std::string path, std::string by);

  /// Keeps it from being deleted, whatever the retention rules say.
  Task<> hold(std::string id, std::string reason, std::string by);
  Task<> release(std::string id, std::string by);
  /// Deletes it; it can be brought back until its grace period ends. Refused while it is held.
  Task<> remove(std::string id, std::string reason, std::string by);
  Task<> restore(std::string id, std::string by);
  /// Takes a deleted one away for good, with its key and everything that is known of the call; the ledger
  /// keeps the proof. Refused while it is held.
  Task<> destroy(std::string id, std::string reason, std::string by);
  /// Deletes what the rules no longer keep and destroys what has been deleted for the grace period.
  Task<ArchiveSweep> sweep();
  /// Puts the keys of all recordings under the present master key; how many. The audio stays as it is.
  Task<std::size_t> rekey(std::string by);

  /// "" while all is well; otherwise what an operator should know.
  std::string trouble();
  /// As of the last look; when that is 5 s old the archive's thread takes another.
  DiskSpace space();

  /// Makes the catalog anew from the ledger and the manifests.
  Task<> rebuild();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "tools/recording.hpp"

#include <cstdio>
#include <filesystem>
#include <utility>

#include "tools/recording_access.hpp"
#include "tools/recording_folder.hpp"
#include "tools/recording_lines.hpp"
#include "tools/run_to_end.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/recording/archive.hpp"
#include "vcsr/recording/verify.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t entries_at_once = 1000;

/// Runs the work on the archive that is asked for.
template <class Work>
int with_archive(const RecordingRequest& given, Right right, Work work) {
  const RecordingRequest request = admitted(given, right);
  AsioLoop loop;
  Archive archive(loop, archive_options(request));
  return run_to_end(loop, work(archive, request));
}

Task<int> ended(Task<> work) {
  co_await std::move(work);
  co_return succeeded;
}

/// A page of those that who asks may find; from where the next one goes on.
Task<std::string> find(Archive& archive, RecordingRequest request, std::vector<ArchivedRecording>& found) {
  const std::optional<User>& user = request.user;
  if (user && user->role == UserRole::agent) request.query.agent = user->agent;
  while (true) {
    const std::vector<ArchivedRecording> page = co_await archive.search(request.query);
    for (const ArchivedRecording& recording : page)
      if (!user || may(*user, Right::listen, recording.facts)) found.push_back(recording);
    if (page.size() < request.query.limit) co_return std::string();
    request.query.after = page.back().facts.id;
    if (!found.empty()) co_return request.query.after;
  }
}

Task<int> list(Archive& archive, RecordingRequest request) {
  if (!request.from.empty()) request.query.from = time_of(request.from);
  if (!request.until.empty()) request.query.until = time_of(request.until);
  std::vector<ArchivedRecording> found;
  Task<std::string> finding = find(archive, request, found);
  const std::string after = co_await std::move(finding);
  for (const ArchivedRecording& recording : found)
    std::printf("%s\n", (request.json ? json_of(recording) : line_of(recording)).c_str());
  if (!request.json && !after.empty()) std::printf("more: --after %s\n", after.c_str());
  co_return succeeded;
}

Task<int> show(Archive& archive, RecordingRequest request) {
  const std::optional<ArchivedRecording> found = co_await archive.find(request.id);
  if (!found) throw Error(Error::Code::not_found, "there is no recording " + request.id);
  std::printf("%s", (request.json ? json_of(*found) + "\n" : page_of(*found)).c_str());
  if (request.json) co_return succeeded;
  const std::vector<RecordingUse> uses = co_await archive.history(request.id);
  for (const RecordingUse& use : uses) std::printf("%s\n", line_of(use).c_str());
  co_return succeeded;
}

Task<int> sweep(Archive& archive, RecordingRequest) {
  const ArchiveSweep swept = co_await archive.sweep();
  std::printf("%zu deleted, %zu destroyed\n", swept.deleted, swept.destroyed);
  co_return succeeded;
}

Task<int> rekey(Archive& archive, RecordingRequest request) {
  const std::size_t count = co_await archive.rekey(request.by);
  std::printf("%zu recordings are under the new master key\n", count);
  co_return succeeded;
}

Task<int> read_witness(Journal& journal, LedgerWitness& witness) {
  for (std::uint64_t next = 1;;) {
    const std::vector<JournalEntry> entries = co_await journal.read(next, entries_at_once);
    if (entries.empty()) co_return succeeded;
    for (const JournalEntry& entry : entries) {
      if (entry.type != events::recording_ledger) continue;
      const auto number = entry.data.find("number"), hash = entry.data.find("hash");
      if (number == entry.data.end() || hash == entry.data.end()) continue;
      if (const auto* named = number->second.get_if<std::int64_t>())
        witness[static_cast<std::uint64_t>(*named)] = hash->second.text();
    }
    next = entries.back().number + 1;
  }
}

/// What the journal beside the recordings, if there is one, remembers of their ledger.
LedgerWitness witness_of(const std::string& folder) {
  LedgerWitness witness;
  const fs::path journal = fs::absolute(folder).lexically_normal() / ".." / "journal.db";
  if (!fs::exists(journal)) return witness;
  AsioLoop loop;
  const std::unique_ptr<Journal> reading = read_sqlite_journal(loop, journal.lexically_normal().string());
  run_to_end(loop, read_witness(*reading, witness));
  return witness;
}

/// Of the archive whose folder or recording was named.
std::string public_key_of(const std::string& path) {
  for (fs::path folder = fs::absolute(path).lexically_normal();; folder = folder.parent_path()) {
    if (fs::exists(folder / "keys" / "public.pem")) return (folder / "keys" / "public.pem").string();
    if (folder == folder.parent_path())
      throw Error(Error::Code::not_found, path + ": there is no key beside it; name it with --key");
  }
}

}  // namespace

int list_recordings(const RecordingRequest& request) { return with_archive(request, Right::listen, list); }
int show_recording(const RecordingRequest& request) { return with_archive(request, Right::listen, show); }
int sweep_recordings(const RecordingRequest& request) {
  return with_archive(request, Right::administer, sweep);
}
int rekey_recordings(const RecordingRequest& request) {
  return with_archive(request, Right::administer, rekey);
}

int note_recording(const RecordingRequest& request) {
  return with_archive(request, Right::note, [](Archive& archive, const RecordingRequest& asked) {
    return ended(archive.note(asked.id, asked.text, asked.by));
  });
}
int export_recording(const RecordingRequest& request) {
  return with_archive(request, Right::take_out, [](Archive& archive, const RecordingRequest& asked) {
    return ended(archive.export_to(asked.id, asked.out, asked.by));
  });
}
int hold_recording(const RecordingRequest& request) {
  return with_archive(request, Right::hold, [](Archive& archive, const RecordingRequest& asked) {
    return ended(archive.hold(asked.id, asked.text, asked.by));
  });
}
int release_recording(const RecordingRequest& request) {
  return with_archive(request, Right::hold, [](Archive& archive, const RecordingRequest& asked) {
    return ended(archive.release(asked.id, asked.by));
  });
}
int delete_recording(const RecordingRequest& request) {
  return with_archive(request, Right::remove, [](Archive& archive, const RecordingRequest& asked) {
    return ended(archive.remove(asked.id, asked.text, asked.by));
  });
}
int restore_recording(const RecordingRequest& request) {
  if (request.id.empty()) return restore_whole_archive(request);
  if (request.from_backup) return recover_recording(request);
  return with_archive(request, Right::remove, [](Archive& archive, const RecordingRequest& asked) {
    return ended(archive.restore(asked.id, asked.by));
  });
}
int destroy_recording(const RecordingRequest& request) {
  return with_archive(request, Right::destroy, [](Archive& archive, const RecordingRequest& asked) {
    return ended(archive.destroy(asked.id, asked.text, asked.by));
  });
}
int index_recordings(const RecordingRequest& request) {
  return with_archive(request, Right::administer,
                      [](Archive& archive, const RecordingRequest&) { return ended(archive.rebuild()); });
}

int make_master_key(const RecordingRequest& request) {
  vcsr::make_master_key(request.out);
  std::printf("%s: keep a copy of it apart from the recordings; without it they cannot be opened\n",
              request.out.c_str());
  return succeeded;
}

int verify_recordings(const RecordingRequest& request) {
  const bool whole = fs::is_directory(request.folder);
  const std::string path = whole ? archive_folder(request.folder) : request.folder;
  const std::string key = request.key.empty() ? public_key_of(path) : request.key;
  const LedgerWitness witness = whole ? witness_of(path) : LedgerWitness{};
  const RecordingVerification found = verify_recordings(path, key, witness);
  for (const std::string& fault : found.faults) std::printf("%s\n", fault.c_str());
  for (const std::string& file : found.pending) std::printf("%s: is not archived yet\n", file.c_str());
  std::printf("%s: %zu recordings and %zu entries of the ledger, %zu destroyed with proof, %zu faults\n",
              found.faults.empty() ? "good" : "NOT GOOD", found.recordings, found.entries, found.destroyed,
              found.faults.size());
  return found.faults.empty() ? succeeded : failed;
}

}  // namespace vcsr

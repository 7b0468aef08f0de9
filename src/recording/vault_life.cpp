// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <filesystem>
#include <set>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

#include "media/file.hpp"
#include "media/file_descriptor.hpp"
#include "recording/sealed_file.hpp"
#include "recording/vault.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::recording {

namespace {

constexpr const char* itself = "vcsr";

LedgerEntry draft_of(const char* kind, const std::string& id, const Act& act) {
  LedgerEntry draft{.at = act.at, .by = act.by, .kind = kind, .recording = id};
  if (!act.reason.empty()) draft.details["reason"] = act.reason;
  return draft;
}

void require_reason(const Act& act, const char* doing) {
  if (act.reason.empty()) throw Error(Error::Code::invalid, std::string("who ") + doing + " says why");
}

void require_free(const ArchivedRecording& recording) {
  if (recording.hold.empty()) return;
  throw Error(Error::Code::refused,
              "recording " + recording.facts.id + " is held (" + recording.hold + "): release it first");
}

/// Gone is gone: one that is not there is no fault, since a crash may have come in between.
void erase(const std::string& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return;
  throw Error(Error::Code::unavailable, path + ": cannot be removed: " + system_words(errno));
}

/// A key is overwritten first: some disks and every copy-on-write file system keep the old bytes all the
/// same.
void shred(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  struct stat status {};
  if (file && ::fstat(file.get(), &status) == 0) {
    const std::string nothing(static_cast<std::size_t>(status.st_size), '0');
    if (::pwrite(file.get(), nothing.data(), nothing.size(), 0) < 0 || ::fsync(file.get()) != 0)
      throw Error(Error::Code::unavailable, path + ": cannot be overwritten: " + system_words(errno));
  }
  erase(path);
}

std::chrono::days kept_for(const ArchiveOptions& options, const ArchivedRecording& recording) {
  for (const RetentionRule& rule : options.retention) {
    const bool fits = (rule.queue.empty() || rule.queue == recording.facts.queue) &&
                      (rule.label.empty() || rule.label == recording.facts.label);
    if (fits) return rule.keep;
  }
  return {};
}

}  // namespace

ArchivedRecording Vault::require(Open& open, const std::string& id, RecordingState state, const char* doing) {
  ArchivedRecording recording = require(open, id);
  if (recording.state != state)
    throw Error(Error::Code::refused,
                "recording " + id + " cannot be " + doing + ": it is " + to_string(recording.state));
  return recording;
}

std::vector<std::uint8_t> Vault::audio(const std::string& id, const std::string& kind, Facts details,
                                       const Act& act) {
  const std::string file = change([&](Open& open) {
    const ArchivedRecording recording = require(open, id, RecordingState::kept, "heard");
    LedgerEntry draft = draft_of(kind.c_str(), id, act);
    draft.details = std::move(details);
    enter(open, std::move(draft));
    return recording.facts.file;
  });
  return read_recording(absolute(file), keys_);
}

void Vault::hold(const std::string& id, const Act& act) {
  require_reason(act, "holds a recording");
  change([&](Open& open) {
    if (require(open, id).state == RecordingState::destroyed)
      throw Error(Error::Code::refused, "recording " + id + " cannot be held: it is destroyed");
    enter(open, draft_of("held", id, act));
  });
}

void Vault::release(const std::string& id, const Act& act) {
  change([&](Open& open) {
    if (require(open, id).hold.empty()) throw Error(Error::Code::refused, "recording " + id + " is not held");
    enter(open, draft_of("released", id, act));
  });
}

void Vault::remove(const std::string& id, const Act& act) {
  require_reason(act, "deletes a recording");
  change([&](Open& open) {
    require_free(require(open, id, RecordingState::kept, "deleted"));
    enter(open, draft_of("deleted", id, act));
  });
}

void Vault::restore(const std::string& id, const Act& act) {
  change([&](Open& open) {
    require(open, id, RecordingState::deleted, "brought back");
    enter(open, draft_of("restored", id, act));
  });
}

void Vault::destroy(const std::string& id, const Act& act) {
  require_reason(act, "destroys a recording");
  change([&](Open& open) {
    destroy(open, require(open, id, RecordingState::deleted, "destroyed before it is deleted"), act);
  });
}

void Vault::destroy(Open& open, const ArchivedRecording& recording, const Act& act) {
  require_free(recording);
  const std::string path = absolute(recording.facts.file);
  shred(key_path(path));
  erase(path);
  Manifest manifest = manifest_of(recording.facts.file);
  manifest.confidential.clear();
  write_manifest(manifest_path(path), manifest);
  LedgerEntry draft = draft_of("destroyed", recording.facts.id, act);
  draft.details["recorded"] = manifest.entry.hash();
  enter(open, std::move(draft));
}

ArchiveSweep Vault::sweep(WallTime at) {
  const Act deleting{.at = at, .by = itself, .reason = "the retention rules no longer keep it"};
  const Act destroying{.at = at, .by = itself, .reason = "its grace period is over"};
  ArchiveSweep swept;
  const std::vector<ArchivedRecording> ended =
      attempt([&](Open& open) { return open.catalog.deleted_before(at - options_.grace); });
  const std::vector<ArchivedRecording> kept =
      options_.retention.empty() ? std::vector<ArchivedRecording>()
                                 : attempt([&](Open& open) { return open.catalog.free_before(at); });
  for (const ArchivedRecording& recording : ended) {
    if (!recording.hold.empty()) continue;
    destroy(recording.facts.id, destroying);
    ++swept.destroyed;
  }
  for (const ArchivedRecording& recording : kept) {
    const std::chrono::days keep = kept_for(options_, recording);
    if (keep == std::chrono::days::zero() || recording.facts.began + keep > at) continue;
    remove(recording.facts.id, deleting);
    ++swept.deleted;
  }
  return swept;
}

std::size_t Vault::rekey(const Act& act) {
  if (keys_.empty())
    throw Error(Error::Code::refused, "there is no master key to put recordings under: name its file");
  const std::vector<ArchivedRecording> under =
      attempt([&](Open& open) { return open.catalog.under_other_keys(keys_.present()); });
  std::set<std::string> earlier;
  for (const ArchivedRecording& recording : under) {
    const std::string path = key_path(absolute(recording.facts.file));
    write_wrapped_key(path, keys_.renew(read_wrapped_key(path)));
    earlier.insert(recording.key);
  }
  if (under.empty()) return 0;
  change([&](Open& open) {
    LedgerEntry draft = draft_of("rekeyed", "", act);
    draft.details["key"] = keys_.present();
    draft.details["earlier"] = Value::List(earlier.begin(), earlier.end());
    draft.details["recordings"] = under.size();
    enter(open, std::move(draft));
  });
  return under.size();
}

}  // namespace vcsr::recording

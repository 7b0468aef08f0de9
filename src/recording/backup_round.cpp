// SPDX-License-Identifier: Apache-2.0
#include "recording/backup_round.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>

#include "media/file.hpp"
#include "recording/ledger_piece.hpp"
#include "recording/sealed_file.hpp"

namespace vcsr::recording {

namespace {

namespace fs = std::filesystem;

/// Who does what nobody asked for.
constexpr const char* itself = "vcsr";
constexpr const char* public_key = "keys/public.pem";
constexpr std::size_t entries_at_once = 1000;
constexpr std::size_t tasks_at_once = 100;
constexpr std::size_t ledger_piece = 1 << 20;  // bytes

RecordingUse recorded_in(Vault& vault, const std::string& id) {
  for (RecordingUse& use : vault.history(id, std::numeric_limits<std::size_t>::max()))
    if (use.kind == "recorded") return std::move(use);
  throw Error(Error::Code::not_found, "there is no recording " + id + " in " + vault.options().folder);
}

/// After one minute, two, four, up to a day.
WallTime again_after(int attempts, WallTime at) {
  return at +
         std::min<Duration>(std::chrono::minutes(1) * (1 << std::min(attempts, 11)), std::chrono::days(1));
}

/// Whole lines from there on, one piece of them.
std::vector<std::uint8_t> ledger_lines(const std::vector<std::uint8_t>& ledger, std::uint64_t begin) {
  const auto from = ledger.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto limit = ledger.end() - from > static_cast<std::ptrdiff_t>(ledger_piece)
                         ? std::find(from + ledger_piece, ledger.end(), '\n')
                         : ledger.end();
  auto end = limit == ledger.end() ? ledger.end() : limit + 1;
  while (end != from && *(end - 1) != '\n') --end;
  return {from, end};
}

}  // namespace

void BackupRound::run(WallTime at, const std::atomic<bool>& stop) {
  require_own_place();
  take_over_ledger();
  copy_ledger();
  for (;;) {
    const std::vector<BackupTask> tasks = list_.due(at, tasks_at_once);
    if (tasks.empty() || stop) break;
    for (const BackupTask& task : tasks)
      if (!stop) work_off(task, at);
  }
  copy_ledger();
  if (!stop && list_.status().waiting == 0) list_.set_last(at);
}

void BackupRound::require_own_place() {
  const std::vector<std::uint8_t> own =
      read_file(fs::path(vault_.options().signing_key).replace_filename("public.pem").string());
  const std::optional<std::vector<std::uint8_t>> found = store_.get(public_key);
  if (found && *found != own)
    throw BackupFailure(Error::Code::refused, target_ + ": holds the backup of another archive");
  if (found) return;
  if (list_.used())
    throw BackupFailure(Error::Code::unavailable,
                        target_ + ": is not what was copied to before; is it mounted?");
  put(public_key, own);
}

void BackupRound::take_over_ledger() {
  for (;;) {
    std::vector<RecordingUse> uses = vault_.uses_after(list_.place(), entries_at_once);
    if (uses.empty()) return;
    list_.take(uses);
  }
}

void BackupRound::copy_ledger() {
  const std::vector<std::uint8_t> ledger = read_file(vault_.absolute("ledger.jsonl"));
  for (LedgerCopy copy = list_.ledger();;) {
    if (copy.begin > ledger.size())
      throw Error(Error::Code::invalid, vault_.absolute("ledger.jsonl") + " is shorter than its backup");
    const std::vector<std::uint8_t> lines = ledger_lines(ledger, copy.begin);
    if (copy.begin + lines.size() <= copy.end) return;
    put(ledger_piece_name(copy.begin), lines);
    copy.end = copy.begin + lines.size();
    if (lines.size() >= ledger_piece) copy.begin = copy.end;
    list_.set_ledger(copy);
  }
}

void BackupRound::work_off(const BackupTask& task, WallTime at) {
  try {
    const std::string file = text_in(recorded_in(vault_, task.recording).details, "file");
    if (task.work == BackupWork::remove) remove(task, file, at);
    const std::uint64_t bytes = task.work == BackupWork::remove ? 0 : copy(task, file);
    list_.done(task, bytes, at);
  } catch (const BackupFailure&) {
    throw;
  } catch (const Error& error) {
    list_.failed(task, error.what(), again_after(task.attempts, at));
  }
}

std::uint64_t BackupRound::copy(const BackupTask& task, const std::string& file) {
  const std::string path = vault_.absolute(file);
  std::uint64_t bytes = 0;
  if (task.work == BackupWork::whole) {
    const Manifest manifest = read_manifest(manifest_path(path));
    if (!broken_segments(path, task.recording, manifest.chain).empty())
      throw Error(Error::Code::invalid, path + ": is not what was recorded; see vcsr recording verify");
    const std::vector<std::uint8_t> audio = read_file(path);
    put(file, audio);
    bytes = audio.size();
  }
  copy_facts(file);
  return bytes;
}

void BackupRound::copy_facts(const std::string& file) {
  const std::string path = vault_.absolute(file);
  if (fs::exists(key_path(path))) put(key_path(file), read_file(key_path(path)));
  put(manifest_path(file), read_file(manifest_path(path)));
}

void BackupRound::remove(const BackupTask& task, const std::string& file, WallTime at) {
  for (const std::string& name : {key_path(file), file}) {
    store_.remove(name);
    if (store_.get(name))
      throw BackupFailure(Error::Code::unavailable, target_ + ": does not remove " + name);
  }
  // What is left of the manifest says nothing of the call.
  copy_facts(file);
  vault_.record_use(task.recording, "destroyed_in_backup", {{"target", target_}}, {.at = at, .by = itself});
}

void BackupRound::put(const std::string& name, Bytes content) {
  store_.put(name, content);
  if (!read_back_) return;
  const std::optional<std::vector<std::uint8_t>> back = store_.get(name);
  if (!back || sha256({*back}) != sha256({content}))
    throw BackupFailure(Error::Code::unavailable,
                        target_ + ": " + name + " does not come back as it was written");
}

std::vector<std::uint8_t> BackupRound::fetch(const std::string& name) {
  std::optional<std::vector<std::uint8_t>> content = store_.get(name);
  if (!content) throw Error(Error::Code::not_found, target_ + ": there is no " + name);
  return *std::move(content);
}

void BackupRound::recover(const std::string& id, const Act& act) {
  const RecordingUse recorded = recorded_in(vault_, id);
  const std::optional<ArchivedRecording> found = vault_.find(id);
  if (found && found->state == RecordingState::destroyed)
    throw Error(Error::Code::refused, "recording " + id + " cannot be recovered: it is destroyed");
  const std::string file = text_in(recorded.details, "file");
  if (whole(vault_.absolute(file), recorded))
    throw Error(Error::Code::refused, "recording " + id + " is whole: there is nothing to recover");
  const Manifest manifest = recover_manifest(file, recorded);
  recover_audio(file, recorded, manifest);
  vault_.record_use(id, "recovered", {{"target", target_}}, act);
}

bool BackupRound::whole(const std::string& path, const RecordingUse& recorded) const {
  try {
    const Manifest manifest = read_manifest(manifest_path(path));
    return manifest.entry.hash() == recorded.hash && fs::exists(path) &&
           broken_segments(path, recorded.recording, manifest.chain).empty() &&
           (!is_sealed(path) || fs::exists(key_path(path)));
  } catch (const Error&) {
    return false;
  }
}

/// The one that is there where it is good: it may hold notes that the copy does not.
Manifest BackupRound::recover_manifest(const std::string& file, const RecordingUse& recorded) {
  const std::string path = manifest_path(vault_.absolute(file));
  try {
    Manifest manifest = read_manifest(path);
    if (manifest.entry.hash() == recorded.hash) return manifest;
  } catch (const Error&) {
    vault_.options().log.warning("a manifest is damaged and comes from the backup", {{"file", path}});
  }
  const std::string part = path + ".recovered";
  create_folders_of(part);
  replace_file(part, fetch(manifest_path(file)));
  Manifest manifest = read_manifest(part);
  if (manifest.entry.hash() != recorded.hash ||
      manifest.chain.head(recorded.recording) != text_in(recorded.details, "head"))
    throw Error(Error::Code::invalid, target_ + ": " + manifest_path(file) + " is not that of the ledger");
  fs::rename(part, path);
  return manifest;
}

void BackupRound::recover_audio(const std::string& file, const RecordingUse& recorded,
                                const Manifest& manifest) {
  const std::string path = vault_.absolute(file), part = path + ".recovered";
  replace_file(part, fetch(file));
  if (!broken_segments(part, recorded.recording, manifest.chain).empty())
    throw Error(Error::Code::invalid, target_ + ": " + file + " is not what was recorded");
  if (is_sealed(file) && !fs::exists(key_path(path))) replace_file(key_path(path), fetch(key_path(file)));
  fs::rename(part, path);
}

}  // namespace vcsr::recording

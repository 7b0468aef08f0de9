// SPDX-License-Identifier: Apache-2.0
#include "recording/archive_restore.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "media/file.hpp"
#include "recording/catalog.hpp"
#include "recording/ledger_piece.hpp"
#include "recording/sealed_file.hpp"

namespace vcsr::recording {

namespace {

namespace fs = std::filesystem;

constexpr const char* public_key = "keys/public.pem";
constexpr const char* ledger_file = "ledger.jsonl";

[[noreturn]] void refuse_other(const std::string& path) {
  throw Error(Error::Code::refused,
              path + ": is there already and is another one than the backup's; restore into an empty folder");
}

/// A name that a ledger gives leads to no other place.
void require_below(const std::string& name, const std::string& target) {
  const fs::path path(name);
  const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
  if (name.empty() || path.is_absolute() || climbs)
    throw Error(Error::Code::invalid, target + ": the ledger names a file outside of the archive: " + name);
}

std::set<std::string> recordings_of(const std::vector<LedgerEntry>& entries, std::string_view kind) {
  std::set<std::string> found;
  for (const LedgerEntry& entry : entries)
    if (entry.kind == kind) found.insert(entry.recording);
  return found;
}

}  // namespace

ArchiveRestored ArchiveRestore::run() {
  found_ = {.target = target_};
  place(public_key, fetch(public_key));
  const std::string ledger = fetch_ledger();
  const std::vector<LedgerEntry> entries = checked(ledger, VerifyingKey(absolute(public_key)));
  require_own_ledger(ledger);
  const std::set<std::string> destroyed = recordings_of(entries, "destroyed"),
                              remains = recordings_of(entries, "destroyed_in_backup");
  for (const LedgerEntry& entry : entries) {
    if (entry.kind != "recorded") continue;
    if (!destroyed.contains(entry.recording)) {
      restore(entry);
      continue;
    }
    ++found_.destroyed;
    if (remains.contains(entry.recording)) restore_remains(text_in(entry.details, "file"));
  }
  found_.entries = entries.size();
  // Last: what has no ledger yet is taken for no archive.
  if (!fs::exists(absolute(ledger_file))) {
    index(entries, ledger.size());
    place(ledger_file, bytes_of(ledger));
  }
  return std::move(found_);
}

std::string ArchiveRestore::fetch_ledger() {
  std::string ledger;
  for (;;) {
    const std::optional<std::vector<std::uint8_t>> piece = store_.get(ledger_piece_name(ledger.size()));
    if (!piece || piece->empty()) break;
    ledger.append(piece->begin(), piece->end());
  }
  if (ledger.empty())
    throw Error(Error::Code::not_found, target_ + ": there is no ledger; is it the backup of an archive?");
  return ledger;
}

std::vector<LedgerEntry> ArchiveRestore::checked(const std::string& ledger, const VerifyingKey& key) const {
  std::vector<LedgerEntry> entries;
  LedgerPlace place;
  for (std::size_t begin = 0; begin < ledger.size();) {
    const std::size_t end = std::min(ledger.find('\n', begin), ledger.size());
    std::optional<LedgerEntry> entry = parse_ledger_line(std::string_view(ledger).substr(begin, end - begin));
    if (!entry || entry->number != place.number + 1 || entry->previous != place.hash ||
        !key.verifies(entry->text(), entry->signature))
      throw Error(Error::Code::invalid, target_ + ": entry " + std::to_string(place.number + 1) +
                                            " of the ledger is not what the archive's key signed");
    place.number = entry->number;
    place.hash = entry->hash();
    entries.push_back(*std::move(entry));
    begin = end + 1;
  }
  return entries;
}

void ArchiveRestore::require_own_ledger(const std::string& ledger) const {
  const std::string path = absolute(ledger_file);
  if (!fs::exists(path)) return;
  const std::vector<std::uint8_t> own = read_file(path);
  if (own.size() < ledger.size() ||
      !std::equal(ledger.begin(), ledger.end(), own.begin(),
                  [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }))
    refuse_other(path);
}

void ArchiveRestore::restore(const LedgerEntry& recorded) {
  const std::string file = text_in(recorded.details, "file");
  require_below(file, target_);
  try {
    const Manifest manifest = restore_manifest(file, recorded);
    if (is_sealed(file)) place(key_path(file), fetch(key_path(file)));
    restore_audio(file, recorded, manifest);
  } catch (const Error& error) {
    // What the backup has not, or not as it was recorded, keeps nothing else from coming back.
    if (error.code() != Error::Code::not_found && error.code() != Error::Code::invalid) throw;
    found_.missing.push_back(error.what());
  }
}

Manifest ArchiveRestore::restore_manifest(const std::string& file, const LedgerEntry& recorded) {
  const std::string path = manifest_path(absolute(file)), part = path + ".restored";
  const bool there = fs::exists(path);
  if (!there) {
    create_folders_of(part);
    replace_file(part, fetch(manifest_path(file)));
  }
  Manifest manifest = read_manifest(there ? path : part);
  const bool own = manifest.entry.hash() == recorded.hash() &&
                   manifest.chain.head(recorded.recording) == text_in(recorded.details, "head");
  if (!own && there) refuse_other(path);
  if (!own) {
    fs::remove(part);
    throw Error(Error::Code::invalid, target_ + ": " + manifest_path(file) + " is not that of the ledger");
  }
  if (!there) fs::rename(part, path);
  return manifest;
}

void ArchiveRestore::restore_audio(const std::string& file, const LedgerEntry& recorded,
                                   const Manifest& manifest) {
  const std::string path = absolute(file), part = path + ".restored";
  const auto whole = [&](const std::string& audio) {
    return broken_segments(audio, recorded.recording, manifest.chain).empty();
  };
  if (fs::exists(path)) {
    if (!whole(path)) refuse_other(path);
    ++found_.there;
    return;
  }
  const std::vector<std::uint8_t> audio = fetch(file);
  replace_file(part, audio);
  if (!whole(part)) {
    fs::remove(part);
    throw Error(Error::Code::invalid, target_ + ": " + file + " is not what was recorded");
  }
  fs::rename(part, path);
  ++found_.recordings;
  found_.bytes += audio.size();
}

/// The manifest of a destroyed recording says nothing of the call any more.
void ArchiveRestore::restore_remains(const std::string& file) {
  require_below(file, target_);
  const std::optional<std::vector<std::uint8_t>> manifest = store_.get(manifest_path(file));
  if (manifest) place(manifest_path(file), *manifest);
}

void ArchiveRestore::place(const std::string& name, Bytes content) {
  const std::string path = absolute(name);
  if (!fs::exists(path)) {
    create_folders_of(path);
    replace_file(path, content);
    return;
  }
  const std::vector<std::uint8_t> there = read_file(path);
  if (!std::equal(there.begin(), there.end(), content.begin(), content.end())) refuse_other(path);
}

std::vector<std::uint8_t> ArchiveRestore::fetch(const std::string& name) {
  std::optional<std::vector<std::uint8_t>> content = store_.get(name);
  if (!content) throw Error(Error::Code::not_found, target_ + ": there is no " + name);
  return *std::move(content);
}

void ArchiveRestore::index(const std::vector<LedgerEntry>& entries, std::size_t ledger_bytes) const {
  Catalog catalog(absolute("catalog.db"));
  catalog.clear();
  SQLite::Transaction transaction(catalog.database(), SQLite::TransactionBehavior::IMMEDIATE);
  std::map<std::string, std::string> files;
  for (const LedgerEntry& entry : entries) {
    if (entry.kind == "recorded") files[entry.recording] = text_in(entry.details, "file");
    const bool of_manifest =
        entry.kind == "recorded" || (entry.kind == "noted" && files.contains(entry.recording));
    std::optional<Manifest> manifest;
    if (entry.kind == "recorded") manifest = Manifest{entry, {}, {}};
    const std::string path = of_manifest ? manifest_path(absolute(files[entry.recording])) : "";
    if (of_manifest && fs::exists(path)) manifest = read_manifest(path);
    catalog.apply(entry, manifest ? &*manifest : nullptr);
  }
  catalog.set_place({.offset = ledger_bytes, .number = entries.back().number, .hash = entries.back().hash()});
  transaction.commit();
}

}  // namespace vcsr::recording

namespace vcsr {

ArchiveRestored restore_archive(const BackupOptions& from, const std::string& folder) {
  const std::atomic<bool> never = false;
  const std::string target = recording::target_of(from);
  const auto store = recording::make_backup_store(from, never);
  try {
    return recording::ArchiveRestore(*store, target, folder).run();
  } catch (const SQLite::Exception& error) {
    throw Error(Error::Code::unavailable, folder + "/catalog.db: " + error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    throw Error(Error::Code::unavailable, error.what());
  }
}

}  // namespace vcsr

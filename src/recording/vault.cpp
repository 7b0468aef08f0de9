// SPDX-License-Identifier: Apache-2.0
#include "recording/vault.hpp"

#include <filesystem>
#include <utility>

#include "media/file.hpp"
#include "recording/left_over.hpp"
#include "recording/sealed_file.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::recording {

namespace {

namespace fs = std::filesystem;

/// Who does what nobody asked for.
constexpr const char* itself = "vcsr";

ArchiveOptions completed(ArchiveOptions options) {
  if (options.folder.empty()) throw Error(Error::Code::invalid, "an archive of recordings has no folder");
  options.folder = fs::absolute(options.folder).lexically_normal().string();
  if (options.folder.ends_with('/')) options.folder.pop_back();
  if (options.signing_key.empty()) options.signing_key = options.folder + "/keys/signing.pem";
  create_folders_of(options.folder + "/ledger.jsonl");
  return options;
}

std::string public_key_of(const ArchiveOptions& options) {
  return fs::path(options.signing_key).replace_filename("public.pem").string();
}

sqlite::Store store_of(const ArchiveOptions& options) { return {"catalog", options.folder + "/catalog.db"}; }

Facts details_of(const RecordingDescription& facts, const SegmentChain& chain, const Facts& confidential) {
  Facts details = {{"file", facts.file},
                   {"began", to_string(facts.began)},
                   {"length_us", facts.length.count()},
                   {"bytes", chain.bytes},
                   {"segments", chain.hashes.size()},
                   {"head", chain.head(facts.id)},
                   {"confidential", hash_of(confidential)}};
  if (facts.paused != Duration::zero()) details["paused_us"] = facts.paused.count();
  if (facts.lost != Duration::zero()) details["lost_us"] = facts.lost.count();
  if (!facts.error.empty()) details["error"] = facts.error;
  return details;
}

}  // namespace

Vault::Open::Open(const ArchiveOptions& options)
    : catalog(store_of(options).path),
      ledger(options.folder + "/ledger.jsonl", SigningKey(options.signing_key, public_key_of(options)),
             catalog.place()) {}

Vault::Vault(ArchiveOptions options)
    : options_(completed(std::move(options))),
      keys_(options_.master_key.empty() ? MasterKeys()
                                        : MasterKeys(options_.master_key, options_.old_master_keys)) {
  attempt([](Open&) {});
}

Vault::Open& Vault::opened() {
  if (open_) return *open_;
  open_.emplace(options_);
  const Ledger::Lock lock(open_->ledger);
  take_over(*open_, open_->ledger.read_on());
  return *open_;
}

void Vault::lost(const SQLite::Exception& error) {
  open_.reset();
  throw sqlite::unavailable(store_of(options_), error);
}

std::string Vault::relative(const std::string& path) const {
  const fs::path below = fs::absolute(path).lexically_normal().lexically_relative(options_.folder);
  if (below.empty() || *below.begin() == "..")
    throw Error(Error::Code::invalid, path + ": is not in the archive's folder " + options_.folder);
  return below.string();
}

Manifest Vault::manifest_of(const std::string& file) const {
  return read_manifest(manifest_path(absolute(file)));
}

void Vault::take_over(Open& open, const std::vector<LedgerEntry>& entries) {
  if (entries.empty()) return;
  SQLite::Transaction transaction(open.catalog.database(), SQLite::TransactionBehavior::IMMEDIATE);
  for (const LedgerEntry& entry : entries) {
    std::optional<Manifest> manifest;
    if (entry.kind == "recorded") manifest = Manifest{entry, {}, {}};
    const std::optional<ArchivedRecording> known =
        entry.kind == "noted" ? open.catalog.find(entry.recording) : std::nullopt;
    const std::string file = known ? known->facts.file : text_in(entry.details, "file");
    try {
      if (!file.empty() && (manifest || known)) manifest = manifest_of(file);
    } catch (const Error& error) {
      options_.log.warning("a recording has no manifest",
                           {{"recording", entry.recording}, {"why", error.what()}});
    }
    open.catalog.apply(entry, manifest ? &*manifest : nullptr);
  }
  open.catalog.set_place(open.ledger.place());
  transaction.commit();
}

void Vault::enter(Open& open, LedgerEntry draft) {
  append(open, open.ledger.next(std::move(draft)), nullptr);
}

void Vault::enter(Open& open, LedgerEntry draft, const std::string& path,
                  const std::function<Manifest(const LedgerEntry&)>& manifest_for) {
  const LedgerEntry entry = open.ledger.next(std::move(draft));
  const Manifest manifest = manifest_for(entry);
  write_manifest(manifest_path(path), manifest);
  append(open, entry, &manifest);
}

void Vault::append(Open& open, const LedgerEntry& entry, const Manifest* manifest) {
  open.ledger.append(entry);
  SQLite::Transaction transaction(open.catalog.database(), SQLite::TransactionBehavior::IMMEDIATE);
  open.catalog.apply(entry, manifest);
  open.catalog.set_place(open.ledger.place());
  transaction.commit();
}

ArchivedRecording Vault::require(Open& open, const std::string& id) {
  std::optional<ArchivedRecording> found = open.catalog.find(id);
  if (!found) throw Error(Error::Code::not_found, "there is no recording " + id + " in " + options_.folder);
  return *std::move(found);
}

std::string Vault::settle(const std::string& path, Duration& length) const {
  std::string found = recording_beside(path);
  length = close_left_over(found);
  if (options_.format == RecordingFormat::opus && found.find(".opus") == std::string::npos)
    return keep_as_opus(found, keys_);
  if (is_sealed(found) || keys_.empty()) return found;
  seal_plain_file(found, keys_);
  return sealed_path(found);
}

bool Vault::seal(RecordingDescription facts, WallTime at) {
  if (attempt([&](Open& open) { return open.catalog.find(facts.id).has_value(); })) return false;
  Duration length{};
  const std::string path = settle(absolute(relative(facts.file)), length);
  facts.file = relative(path);
  if (facts.length == Duration::zero()) facts.length = length;
  const Facts confidential = confidential_facts(facts);
  const SegmentChain chain = chain_of(path, facts.id);
  return change([&](Open& open) {
    if (open.catalog.find(facts.id)) return false;
    LedgerEntry draft{.at = at, .by = itself, .kind = "recorded", .recording = facts.id};
    draft.details = details_of(facts, chain, confidential);
    if (is_sealed(path) && fs::exists(key_path(path)))
      draft.details["key"] = read_wrapped_key(key_path(path)).master;
    enter(open, std::move(draft), path, [&](const LedgerEntry& entry) {
      return Manifest{entry, chain, {{std::to_string(entry.number), confidential}}};
    });
    return true;
  });
}

std::vector<RecordingDescription> Vault::left_over() {
  return attempt([&](Open& open) {
    std::vector<RecordingDescription> found;
    for (const std::string& path : recordings_below(options_.folder)) {
      if (open.catalog.has_file(relative(path))) continue;
      try {
        found.push_back(facts_of_left_over(path));
      } catch (const Error& error) {
        options_.log.info("a file is not archived", {{"why", error.what()}});
      }
    }
    return found;
  });
}

std::optional<ArchivedRecording> Vault::find(const std::string& id) {
  return attempt([&](Open& open) { return open.catalog.find(id); });
}

std::vector<ArchivedRecording> Vault::search(const RecordingQuery& query) {
  return attempt([&](Open& open) { return open.catalog.search(query); });
}

std::vector<RecordingUse> Vault::history(const std::string& id, std::size_t limit) {
  return attempt([&](Open& open) { return open.catalog.history(id, limit); });
}

void Vault::note(const std::string& id, const std::string& text, const Act& act) {
  if (text.empty()) throw Error(Error::Code::invalid, "a note to recording " + id + " says nothing");
  change([&](Open& open) {
    const ArchivedRecording recording = require(open, id);
    if (recording.state == RecordingState::destroyed)
      throw Error(Error::Code::refused, "recording " + id + " is destroyed: no note can be made to it");
    const Facts confidential = salted({{"text", text}});
    LedgerEntry draft{.at = act.at, .by = act.by, .kind = "noted", .recording = id};
    draft.details = {{"confidential", hash_of(confidential)}};
    enter(open, std::move(draft), absolute(recording.facts.file), [&](const LedgerEntry& entry) {
      Manifest manifest = manifest_of(recording.facts.file);
      manifest.confidential[std::to_string(entry.number)] = confidential;
      return manifest;
    });
  });
}

void Vault::rebuild() {
  attempt([](Open& open) { open.catalog.clear(); });
  open_.reset();
  attempt([](Open&) {});
}

std::vector<RecordingUse> Vault::untold() {
  return attempt([](Open& open) { return open.catalog.uses_after(open.catalog.number("told")); });
}

void Vault::told(std::uint64_t number) {
  attempt([&](Open& open) { open.catalog.set_number("told", number); });
}

std::uint64_t Vault::journal_place() {
  return attempt([](Open& open) { return open.catalog.number("journal"); });
}

void Vault::set_journal_place(std::uint64_t number) {
  attempt([&](Open& open) { open.catalog.set_number("journal", number); });
}

}  // namespace vcsr::recording

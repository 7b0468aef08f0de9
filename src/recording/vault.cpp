// SPDX-License-Identifier: Apache-2.0
#include "recording/vault.hpp"

#include <filesystem>
#include <set>
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

Facts details_of(const RecordingDescription& facts, std::string file, const SegmentChain& chain,
                 const Facts& confidential) {
  Facts details = {{"file", std::move(file)},
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
  std::vector<Draft> drafts(1);
  drafts[0].entry = std::move(draft);
  enter(open, std::move(drafts));
}

void Vault::enter(Open& open, std::vector<Draft> drafts) {
  std::vector<LedgerEntry> entries;
  for (Draft& draft : drafts) entries.push_back(std::move(draft.entry));
  entries = open.ledger.next(std::move(entries));
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (!drafts[i].manifest) continue;
    Manifest& manifest = *drafts[i].manifest;
    if (manifest.entry.number == 0) manifest.entry = entries[i];
    manifest.confidential[std::to_string(entries[i].number)] = std::move(drafts[i].confidential);
    write_manifest(manifest_path(drafts[i].path), manifest);
  }
  open.ledger.append(entries);
  SQLite::Transaction transaction(open.catalog.database(), SQLite::TransactionBehavior::IMMEDIATE);
  for (std::size_t i = 0; i < drafts.size(); ++i)
    open.catalog.apply(entries[i], drafts[i].manifest ? &*drafts[i].manifest : nullptr);
  open.catalog.set_place(open.ledger.place());
  transaction.commit();
}

ArchivedRecording Vault::require(Open& open, const std::string& id) {
  std::optional<ArchivedRecording> found = open.catalog.find(id);
  if (!found) throw Error(Error::Code::not_found, "there is no recording " + id + " in " + options_.folder);
  return *std::move(found);
}

std::string Vault::keep(const std::string& path, Duration& length) const {
  std::string found = recording_beside(path);
  length = close_left_over(found);
  if (options_.format == RecordingFormat::opus && found.find(".opus") == std::string::npos)
    return keep_as_opus(found, keys_);
  if (is_sealed(found) || keys_.empty()) return found;
  seal_plain_file(found, keys_);
  return sealed_path(found);
}

std::optional<SettledRecording> Vault::settle(RecordingDescription facts) {
  if (attempt([&](Open& open) { return open.catalog.find(facts.id).has_value(); })) return {};
  Duration length{};
  std::string path = keep(absolute(relative(facts.file)), length);
  if (facts.length == Duration::zero()) facts.length = length;
  SegmentChain chain = chain_of(path, facts.id);
  return SettledRecording{std::move(facts), std::move(path), std::move(chain)};
}

Vault::Draft Vault::recorded(const SettledRecording& recording, WallTime at) const {
  Draft draft{.entry = {.at = at, .by = itself, .kind = "recorded", .recording = recording.facts.id},
              .path = recording.path,
              .manifest = Manifest{{}, recording.chain, {}},
              .confidential = confidential_facts(recording.facts)};
  draft.entry.details =
      details_of(recording.facts, relative(recording.path), recording.chain, draft.confidential);
  if (is_sealed(recording.path) && fs::exists(key_path(recording.path)))
    draft.entry.details["key"] = read_wrapped_key(key_path(recording.path)).master;
  return draft;
}

std::size_t Vault::seal(const std::vector<SettledRecording>& recordings, WallTime at) {
  if (recordings.empty()) return 0;
  return change([&](Open& open) {
    std::vector<Draft> drafts;
    std::set<std::string> ids;
    for (const SettledRecording& recording : recordings)
      if (ids.insert(recording.facts.id).second && !open.catalog.find(recording.facts.id))
        drafts.push_back(recorded(recording, at));
    const std::size_t count = drafts.size();
    if (count > 0) enter(open, std::move(drafts));
    return count;
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
    std::vector<Draft> drafts(1);
    drafts[0] = {.entry = {.at = act.at, .by = act.by, .kind = "noted", .recording = id},
                 .path = absolute(recording.facts.file),
                 .manifest = manifest_of(recording.facts.file),
                 .confidential = salted({{"text", text}})};
    drafts[0].entry.details = {{"confidential", hash_of(drafts[0].confidential)}};
    enter(open, std::move(drafts));
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

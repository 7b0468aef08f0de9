// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recording/verify.hpp"

#include <cmath>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>

#include "media/file.hpp"
#include "recording/ledger.hpp"
#include "recording/left_over.hpp"
#include "recording/manifest.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

using namespace recording;

namespace {

namespace fs = std::filesystem;

constexpr const char* ledger_name = "ledger.jsonl";

std::string read_text(const std::string& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  return {bytes.begin(), bytes.end()};
}

std::string numbered(std::uint64_t number) { return "entry " + std::to_string(number); }

/// "segment 3 of 12 (10 s to 15 s)"
std::string segment_name(std::size_t index, const Manifest& manifest) {
  const std::size_t count = manifest.chain.hashes.size();
  const double seconds = static_cast<double>(number_in(manifest.entry.details, "length_us")) / 1e6;
  const auto at = [&](std::size_t segment) {
    const double share =
        static_cast<double>(segment * segment_bytes) / static_cast<double>(manifest.chain.bytes);
    return std::to_string(std::lround(std::min(1.0, share) * seconds)) + " s";
  };
  return "segment " + std::to_string(index + 1) + " of " + std::to_string(count) + " (" + at(index) + " to " +
         at(index + 1) + ")";
}

class Verifier {
 public:
  Verifier(std::string folder, const VerifyingKey& key, const LedgerWitness& witness)
      : folder_(std::move(folder)), key_(key), witness_(witness) {}

  RecordingVerification archive() {
    read_ledger();
    for (const auto& [id, entry] : recorded_) {
      if (destroyed_.contains(id)) ++found_.destroyed;
      else check_recording(entry);
    }
    for (const std::string& path : recordings_below(folder_)) {
      const std::string file = fs::path(path).lexically_relative(folder_).string();
      if (files_.contains(file)) continue;
      if (fs::exists(manifest_path(path))) fault(file, "its manifest is in no entry of the ledger");
      else found_.pending.push_back(file);
    }
    check_witness();
    return std::move(found_);
  }

  RecordingVerification recording(const std::string& file) {
    const Manifest manifest = read_manifest(manifest_path(folder_ + "/" + file));
    check_manifest(file, manifest);
    check_file(file, manifest);
    return std::move(found_);
  }

 private:
  void fault(const std::string& place, const std::string& what) {
    found_.faults.push_back(place + ": " + what);
  }

  void read_ledger();
  void check_entry(const std::string& place, const LedgerEntry& entry);
  void take(const LedgerEntry& entry);
  void check_witness();
  void check_recording(const LedgerEntry& entry);
  void check_manifest(const std::string& file, const Manifest& manifest);
  void check_confidential(const std::string& file, const Manifest& manifest);
  void check_file(const std::string& file, const Manifest& manifest);

  const std::string folder_;
  const VerifyingKey& key_;
  const LedgerWitness& witness_;
  RecordingVerification found_;
  LedgerPlace place_;
  std::map<std::string, LedgerEntry> recorded_;                             ///< by recording
  std::map<std::string, std::map<std::string, std::string>> confidential_;  ///< hashes by entry, by recording
  std::map<std::uint64_t, std::string> hashes_;
  std::set<std::string> destroyed_, files_;
};

void Verifier::read_ledger() {
  const std::string text = read_text(folder_ + "/" + ledger_name);
  std::size_t begin = 0, line = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string place = std::string(ledger_name) + ":" + std::to_string(++line);
    const std::optional<LedgerEntry> entry =
        parse_ledger_line(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
    if (!entry) {
      fault(place, "is no entry: the line was changed or damaged");
      continue;
    }
    check_entry(place, *entry);
    take(*entry);
  }
}

void Verifier::check_entry(const std::string& place, const LedgerEntry& entry) {
  ++found_.entries;
  if (!key_.verifies(entry.text(), entry.signature))
    fault(place, numbered(entry.number) + " was changed: it is not what this key signed");
  if (entry.number != place_.number + 1)
    fault(place, entry.number == place_.number + 2
                     ? numbered(entry.number - 1) + " is missing before " + numbered(entry.number)
                     : numbered(entry.number) + " follows " + numbered(place_.number) +
                           ": what was between is missing");
  else if (entry.previous != place_.hash)
    fault(place, numbered(entry.number) + " names another entry before it than " + numbered(place_.number) +
                     " as it stands here");
}

void Verifier::take(const LedgerEntry& entry) {
  place_.number = entry.number;
  place_.hash = entry.hash();
  hashes_[entry.number] = place_.hash;
  if (entry.kind == "recorded") {
    recorded_[entry.recording] = entry;
    files_.insert(text_in(entry.details, "file"));
  }
  if (entry.kind == "destroyed") destroyed_.insert(entry.recording);
  if (const std::string hash = text_in(entry.details, "confidential"); !hash.empty())
    confidential_[entry.recording][std::to_string(entry.number)] = hash;
}

void Verifier::check_witness() {
  for (const auto& [number, hash] : witness_) {
    const auto found = hashes_.find(number);
    if (found == hashes_.end()) fault(ledger_name, numbered(number) + " is missing: the journal tells of it");
    else if (found->second != hash)
      fault(ledger_name, numbered(number) + " is another one than the journal tells of");
  }
}

void Verifier::check_recording(const LedgerEntry& entry) {
  const std::string file = text_in(entry.details, "file");
  Manifest manifest;
  try {
    manifest = read_manifest(manifest_path(folder_ + "/" + file));
  } catch (const Error& error) {
    fault(file, std::string("its manifest cannot be used: ") + error.what());
    if (!fs::exists(folder_ + "/" + file)) fault(file, "is missing, and no entry says that it was destroyed");
    return;
  }
  if (manifest.entry.hash() != entry.hash())
    fault(file, "its manifest is not " + numbered(entry.number) + " of the ledger");
  check_manifest(file, manifest);
  check_confidential(file, manifest);
  check_file(file, manifest);
}

void Verifier::check_manifest(const std::string& file, const Manifest& manifest) {
  const LedgerEntry& entry = manifest.entry;
  if (!key_.verifies(entry.text(), entry.signature))
    fault(file, "its manifest was changed: it is not what this key signed");
  if (manifest.chain.head(entry.recording) != text_in(entry.details, "head"))
    fault(file, "the hashes in its manifest were changed: they do not lead to the head that was signed");
  const auto own = manifest.confidential.find(std::to_string(entry.number));
  if (own != manifest.confidential.end() && hash_of(own->second) != text_in(entry.details, "confidential"))
    fault(file, "what its manifest says of the call was changed");
}

void Verifier::check_confidential(const std::string& file, const Manifest& manifest) {
  for (const auto& [number, hash] : confidential_[manifest.entry.recording]) {
    const auto found = manifest.confidential.find(number);
    if (found == manifest.confidential.end())
      fault(file, "what " + numbered(std::stoull(number)) + " noted is missing in its manifest");
    else if (hash_of(found->second) != hash && number != std::to_string(manifest.entry.number))
      fault(file, "what " + numbered(std::stoull(number)) + " noted was changed in its manifest");
  }
}

void Verifier::check_file(const std::string& file, const Manifest& manifest) {
  const std::string path = folder_ + "/" + file;
  if (!fs::exists(path)) return fault(file, "is missing, and no entry says that it was destroyed");
  ++found_.recordings;
  for (const std::size_t index : broken_segments(path, manifest.entry.recording, manifest.chain)) {
    if (index == manifest.chain.hashes.size()) fault(file, "something was added at its end");
    else fault(file, segment_name(index, manifest) + " is not what was recorded");
  }
}

}  // namespace

RecordingVerification verify_recordings(const std::string& path, const std::string& public_key,
                                        const LedgerWitness& witness) {
  const VerifyingKey key(public_key);
  const fs::path whole = fs::absolute(path).lexically_normal();
  if (!fs::exists(whole)) throw Error(Error::Code::not_found, path + ": there is no such file or folder");
  if (!fs::is_directory(whole))
    return Verifier(whole.parent_path().string(), key, witness).recording(whole.filename().string());
  std::string folder = whole.string();
  if (folder.ends_with('/')) folder.pop_back();
  return Verifier(folder, key, witness).archive();
}

}  // namespace vcsr

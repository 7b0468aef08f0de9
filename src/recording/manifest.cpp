// SPDX-License-Identifier: Apache-2.0
#include "recording/manifest.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <fcntl.h>

#include "media/file.hpp"
#include "media/file_descriptor.hpp"
#include "recording/digest.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::recording {

namespace {

std::string origin_of(const std::string& recording) {
  return hexadecimal(sha256({bytes_of("vcsr recording "), bytes_of(recording)}));
}

std::string next_hash(const std::string& before, Bytes segment) {
  return hexadecimal(sha256({bytes_of(before), segment}));
}

[[noreturn]] void fail(const std::string& path, int error) {
  if (error == ENOENT) throw Error(Error::Code::not_found, path + ": there is no such file");
  throw Error(Error::Code::unavailable, path + ": cannot be read: " + system_words(error));
}

/// Its segments one after another.
class SegmentReader {
 public:
  explicit SegmentReader(const std::string& path)
      : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), segment_(segment_bytes) {
    if (!file_) fail(path, errno);
  }

  void settle() const {
    if (::fdatasync(file_.get()) != 0) fail(path_, errno);
  }
  /// Empty at the end.
  Bytes next() {
    std::size_t size = 0;
    while (size < segment_.size()) {
      const ssize_t count = ::read(file_.get(), segment_.data() + size, segment_.size() - size);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail(path_, errno);
      if (count == 0) break;
      size += static_cast<std::size_t>(count);
    }
    return {segment_.data(), size};
  }

 private:
  const std::string path_;
  const FileDescriptor file_;
  std::vector<std::uint8_t> segment_;
};

constexpr Duration microseconds(std::int64_t count) { return Duration(count); }

}  // namespace

std::string SegmentChain::head(const std::string& recording) const {
  return hashes.empty() ? origin_of(recording) : hashes.back();
}

SegmentChain chain_of(const std::string& path, const std::string& recording) {
  SegmentReader reader(path);
  reader.settle();
  SegmentChain chain;
  for (Bytes segment = reader.next(); !segment.empty(); segment = reader.next()) {
    chain.hashes.push_back(next_hash(chain.head(recording), segment));
    chain.bytes += segment.size();
  }
  return chain;
}

std::vector<std::size_t> broken_segments(const std::string& path, const std::string& recording,
                                         const SegmentChain& stated) {
  SegmentReader reader(path);
  std::vector<std::size_t> broken;
  std::string before = origin_of(recording);
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < stated.hashes.size(); ++i) {
    const Bytes segment = reader.next();
    bytes += segment.size();
    if (next_hash(before, segment) != stated.hashes[i]) broken.push_back(i);
    before = stated.hashes[i];
  }
  const bool more = !reader.next().empty() || bytes > stated.bytes;
  if (more && (broken.empty() || broken.back() + 1 < stated.hashes.size()))
    broken.push_back(stated.hashes.size());
  return broken;
}

std::string manifest_path(const std::string& recording_path) {
  std::filesystem::path path(recording_path);
  if (path.extension() == ".sealed") path.replace_extension();
  return path.replace_extension(".json").string();
}

Manifest read_manifest(const std::string& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  try {
    const Value document = from_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    Manifest manifest{.entry = ledger_entry(document), .chain = {}, .confidential = {}};
    const Facts& whole = *document.get_if<Value::Map>();
    manifest.chain.bytes = static_cast<std::uint64_t>(number_in(manifest.entry.details, "bytes"));
    if (const auto segments = whole.find("segments"); segments != whole.end())
      if (const auto* list = segments->second.get_if<Value::List>())
        for (const Value& hash : *list) manifest.chain.hashes.push_back(hash.text());
    if (const auto held = whole.find("confidential"); held != whole.end())
      if (const auto* map = held->second.get_if<Value::Map>())
        for (const auto& [number, facts] : *map)
          if (const auto* of_entry = facts.get_if<Value::Map>()) manifest.confidential[number] = *of_entry;
    return manifest;
  } catch (const Error& error) {
    throw Error(Error::Code::invalid, path + ": is no manifest of a recording: " + error.what());
  }
}

void write_manifest(const std::string& path, const Manifest& manifest) {
  Facts document = manifest.entry.document();
  document["segments"] = Value::List(manifest.chain.hashes.begin(), manifest.chain.hashes.end());
  Value::Map confidential;
  for (const auto& [number, facts] : manifest.confidential) confidential.emplace(number, facts);
  if (!confidential.empty()) document["confidential"] = std::move(confidential);
  replace_file(path, bytes_of(to_json(document)));
}

Facts salted(Facts facts) {
  facts["salt"] = hexadecimal(random_bytes(16));
  return facts;
}

std::string hash_of(const Facts& facts) { return hexadecimal(sha256({bytes_of(to_json(facts))})); }

Facts confidential_facts(const RecordingDescription& facts) {
  Facts confidential = {{"contact", facts.contact}, {"from", facts.from},   {"to", facts.to},
                        {"agent", facts.agent},     {"queue", facts.queue}, {"reason", facts.reason},
                        {"label", facts.label}};
  if (!facts.gaps.empty()) confidential["gaps"] = facts.gaps;
  return salted(std::move(confidential));
}

RecordingDescription facts_of(const Manifest& manifest) {
  const Facts& stated = manifest.entry.details;
  RecordingDescription facts{.id = manifest.entry.recording,
                             .file = text_in(stated, "file"),
                             .began = parse_wall_time(text_in(stated, "began")),
                             .length = microseconds(number_in(stated, "length_us")),
                             .paused = microseconds(number_in(stated, "paused_us")),
                             .lost = microseconds(number_in(stated, "lost_us")),
                             .error = text_in(stated, "error")};
  const auto held = manifest.confidential.find(std::to_string(manifest.entry.number));
  if (held == manifest.confidential.end()) return facts;
  const Facts& confidential = held->second;
  facts.contact = text_in(confidential, "contact");
  facts.from = text_in(confidential, "from");
  facts.to = text_in(confidential, "to");
  facts.agent = text_in(confidential, "agent");
  facts.queue = text_in(confidential, "queue");
  facts.reason = text_in(confidential, "reason");
  facts.label = text_in(confidential, "label");
  if (const auto gaps = confidential.find("gaps"); gaps != confidential.end())
    if (const auto* list = gaps->second.get_if<Value::List>()) facts.gaps = *list;
  return facts;
}

}  // namespace vcsr::recording

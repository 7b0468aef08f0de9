// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/facts.hpp"
#include "recording/ledger.hpp"
#include "vcsr/recording/recording.hpp"

namespace vcsr::recording {

/// Bytes of a file under one hash of its chain: 5 s of stereo G.711.
constexpr std::uint64_t segment_bytes = 80'000;

/// A file as a chain: each hash is that of the one before and the segment's bytes.
struct SegmentChain {
  std::uint64_t bytes = 0;
  std::vector<std::string> hashes;

  /// The last one; that of an empty file otherwise.
  std::string head(const std::string& recording) const;
};

/// Reads the file, once all of it is on the disk. Throws Error: not_found, unavailable.
SegmentChain chain_of(const std::string& path, const std::string& recording);
/// Which segments of the file are not those of `stated`, from 0; one beyond the end where bytes were added.
std::vector<std::size_t> broken_segments(const std::string& path, const std::string& recording,
                                         const SegmentChain& stated);

/// What stands beside a recording, as `<name>.json`: its entry in the ledger, the hashes of its segments, and
/// what must be forgotten when it is destroyed. Of that the ledger holds nothing but the hash.
struct Manifest {
  LedgerEntry entry;
  SegmentChain chain;
  std::map<std::string, Facts> confidential;  ///< by the number of the entry that states its hash
};

/// "day/c1.json" for "day/c1.wav" and "day/c1.wav.sealed".
std::string manifest_path(const std::string& recording_path);
/// Throws Error: not_found, or invalid naming the file.
Manifest read_manifest(const std::string& path);
/// Whoever reads it meets the old one or the new one. Throws Error(unavailable).
void write_manifest(const std::string& path, const Manifest& manifest);

/// With some salt, so that its hash betrays no telephone number.
Facts salted(Facts facts);
std::string hash_of(const Facts& facts);

Facts confidential_facts(const RecordingDescription& facts);
/// What a manifest says of its recording: everything, or what is left after it was destroyed.
RecordingDescription facts_of(const Manifest& manifest);

}  // namespace vcsr::recording

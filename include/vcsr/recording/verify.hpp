// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "vcsr/base/export.hpp"

namespace vcsr {

/// What a verification found.
struct RecordingVerification {
  std::size_t entries = 0;           ///< of the ledger
  std::size_t recordings = 0;        ///< whose files were read
  std::size_t destroyed = 0;         ///< with proof
  std::vector<std::string> pending;  ///< files that are not archived (yet): a call may still be running
  /// What is not as it was written, each with its place: "2026-11-22/c1.wav: segment 3 of 12 (10 s to
  /// 15 s) is not what was recorded".
  std::vector<std::string> faults;
};

/// What a journal or another witness remembers of a ledger: the hashes of its entries by their number.
using LedgerWitness = std::map<std::uint64_t, std::string>;

/// Checks an archive's folder, or one recording by its path, against the public key of the archive; needs no
/// other key and changes nothing. A ledger that was cut at its end shows only against a witness. Throws
/// Error: not_found, unavailable, or invalid when the key is none.
VCSR_EXPORT RecordingVerification verify_recordings(const std::string& path, const std::string& public_key,
                                                    const LedgerWitness& witness = {});

}  // namespace vcsr

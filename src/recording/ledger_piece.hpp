// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace vcsr::recording {

/// In a backup the ledger lies in pieces of whole lines, each named by the byte where it begins.
inline std::string ledger_piece_name(std::uint64_t begin) {
  const std::string digits = std::to_string(begin);
  return "ledger/" + std::string(digits.size() < 15 ? 15 - digits.size() : 0, '0') + digits + ".jsonl";
}

}  // namespace vcsr::recording

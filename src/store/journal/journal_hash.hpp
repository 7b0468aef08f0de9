// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "vcsr/base/time.hpp"

namespace vcsr {

/// SHA-256 of an entry and of the hash before it; all zero before the first.
using JournalHash = std::array<std::uint8_t, 32>;

/// Lower-case hexadecimal.
std::string to_string(const JournalHash& hash);

/// What of an entry its hash covers, whatever database keeps it.
struct HashedEntry {
  std::uint64_t number;
  WallTime at;
  int version;
  std::string_view type, subject;
  std::string_view data;  ///< the JSON text as it is stored
};

/// Computes the hash of one entry after another without memory of its own for each.
class JournalHasher {
 public:
  JournalHasher();
  ~JournalHasher();
  JournalHasher(JournalHasher&&) noexcept;

  JournalHash after(const JournalHash& before, const HashedEntry& entry);

 private:
  struct Digest;
  std::unique_ptr<Digest> digest_;
};

}  // namespace vcsr

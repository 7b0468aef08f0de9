// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "store/journal/journal_backend.hpp"

namespace vcsr {

/// What came of checking a journal.
struct JournalReport {
  struct Fault {
    std::uint64_t number;  ///< the first bad one
    std::string why;
  };
  std::uint64_t good = 0;  ///< entries up to the fault, or all
  JournalHash head{};      ///< of the last good one: note it elsewhere to notice a journal cut short
  bool chained = true;     ///< false for journals of before there was a chain: only numbers are checked
  std::optional<Fault> fault = {};
};

/// Reads the whole journal, page by page, and recomputes its chain. `each` is told every good entry. What
/// cannot be read is a fault too.
JournalReport check_journal(JournalReader& reader, const std::function<void(const StoredEntry&)>& each = {});

}  // namespace vcsr

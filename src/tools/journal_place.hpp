// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "store/journal/journal_backend.hpp"
#include "vcsr/base/loop.hpp"

namespace vcsr {

/// Where a journal is, as somebody names it on the command line: a center's data folder, its journal.db, or
/// the address of a PostgreSQL database.
struct JournalPlace {
  explicit JournalPlace(const std::string& named);

  bool postgres;
  std::string path;  ///< of journal.db, or the address

  /// Throws Error(unavailable) when there is none.
  std::unique_ptr<Journal> read(Loop& loop) const;
  /// Opened when first used.
  std::unique_ptr<JournalReader> reader() const;
};

}  // namespace vcsr

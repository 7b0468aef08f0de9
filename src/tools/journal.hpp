// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "tools/journal_lines.hpp"

namespace vcsr {

struct JournalRequest {
  std::string path;  ///< of journal.db or of the data folder it is in
  std::uint64_t from = 1;
  JournalFilter filter;
  bool json = false;
  bool follow = false;  ///< goes on with new entries until SIGINT or SIGTERM
};

/// `vcsr journal show` and `vcsr journal follow`. Throws Error.
int show_journal(const JournalRequest& request);

}  // namespace vcsr

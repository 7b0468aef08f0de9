// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "tools/journal_lines.hpp"

namespace vcsr {

struct JournalRequest {
  std::string path;  ///< see JournalPlace
  std::uint64_t from = 1;
  JournalFilter filter;
  bool json = false;
  bool follow = false;  ///< goes on with new entries until SIGINT or SIGTERM
  std::string
      output;  ///< of export_journal(): a file that does not exist yet; "" for the standard output or none
  std::string expected;  ///< of verify_journal(): "NUMBER:HASH" as it was noted before; "" for none
  bool schema = false;   ///< of verify_journal(): entries that are not as their schemas say are faults too
  std::string journal;   ///< of replay_journal(): where it is, when not in the data folder
  bool copy = true;      ///< of migrate_journal()
};

/// `vcsr journal show` and `vcsr journal follow`. Throws Error.
int show_journal(const JournalRequest& request);

/// `vcsr journal export`: JSON lines with everything that is stored. Throws Error, also after the last entry
/// that can be read of a damaged journal.
int export_journal(const JournalRequest& request);

/// `vcsr journal verify`: `failed` when an entry was changed, is missing or cannot be read. Throws Error.
int verify_journal(const JournalRequest& request);

/// `vcsr journal replay`: rebuilds what is derived from the journal, in memory or `output`, and compares it
/// with the center's store; `failed` when they differ. Throws Error.
int replay_journal(const JournalRequest& request);

/// `vcsr journal events`.
int print_journal_events();

/// `vcsr journal migrate`: brings a journal of an earlier version to today's format. Throws Error.
int migrate_journal(const JournalRequest& request);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "store/journal/journal_backend.hpp"

namespace vcsr {

/// Which entries of a journal are shown; an empty text stands for all.
struct JournalFilter {
  std::string contact = {};  ///< entries about it, and those that mention it
  std::string subject = {};  ///< entries about this contact, agent, recording …
  std::string type = {};     ///< "contact.queued", or "contact" for all that begin so
  bool passes(const JournalEntry& entry) const;
};

/// "12  2026-11-22T09:30:00.250Z  contact.queued  019aa9b4-…  position=1 queue=service"
std::string line_of(const JournalEntry& entry);
/// One JSON object: number, at, type, subject, data.
std::string json_of(const JournalEntry& entry);
/// The same with version and hash (missing where it has none), and the data as it was written.
std::string json_of(const StoredEntry& entry);

}  // namespace vcsr

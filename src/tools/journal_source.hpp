// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "vcsr/journal.hpp"

namespace vcsr {

/// Tells every entry of a journal in order: a center's folder or journal.db, or a file of JSON lines as
/// `vcsr journal show --json` prints them. Throws Error(not_found) and Error(invalid) with file and line.
void read_whole_journal(const std::string& path, const std::function<void(const JournalEntry&)>& tell);

}  // namespace vcsr

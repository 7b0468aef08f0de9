// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "store/journal/journal_backend.hpp"

namespace vcsr {

/// Reads a journal's file without disturbing who writes it. Opened when first used.
std::unique_ptr<JournalReader> make_sqlite_reader(const std::string& path);

}  // namespace vcsr

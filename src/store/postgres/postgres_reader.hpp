// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "store/journal/journal_backend.hpp"

namespace vcsr {

/// Reads a journal in PostgreSQL without disturbing who writes it. Opened when first used.
std::unique_ptr<JournalReader> make_postgres_reader(const std::string& address);

}  // namespace vcsr

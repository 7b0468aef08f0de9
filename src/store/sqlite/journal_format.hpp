// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite/database.hpp"

namespace vcsr::sqlite {

/// How journals are laid out; the file's user_version. 1 (written as 0) had neither versions nor hashes.
constexpr int journal_format = 2;

/// Makes the table where the file is empty. Throws Error(unavailable) for a journal of another format, with
/// what to do about it.
void prepare_journal(SQLite::Database& database, const Store& store);

/// 1 or journal_format. Throws Error(unavailable) when there is no journal in it, or a newer one.
int format_of(SQLite::Database& database, const Store& store);

}  // namespace vcsr::sqlite

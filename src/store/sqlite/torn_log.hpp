// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace vcsr::sqlite {

/// How many bytes at the end of a database's write-ahead log belong to no whole commit: what was being
/// written when the machine or the program stopped, and what SQLite drops when it opens the database. 0 when
/// the log is whole or there is none. To be asked while nobody writes.
std::uint64_t torn_bytes(const std::string& database);

}  // namespace vcsr::sqlite

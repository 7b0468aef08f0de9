// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vcsr::sqlite {

/// Copies a database as it is at one moment, also while others write it, to a file that does not exist.
/// Throws Error(unavailable).
void copy_database(const std::string& from, const std::string& to);

}  // namespace vcsr::sqlite

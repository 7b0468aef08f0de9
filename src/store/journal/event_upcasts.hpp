// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "vcsr/journal.hpp"

namespace vcsr {

/// The version in which entries of this type are written; 1 for what is not known.
int event_version(std::string_view type);

/// Makes of an entry that was written in this version of its type what it would be today.
void upcast(JournalEntry& entry, int version);

}  // namespace vcsr

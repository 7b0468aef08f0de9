// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// In what a stored record is not what the journal tells, one line each: "talked: 3.5 s by the journal, 4 s
/// in the store". Times of day may be a second apart: they are taken beside the entry. Everything else is
/// exact.
std::vector<std::string> record_differences(const ContactRecord& told, const ContactRecord& stored);

}  // namespace vcsr

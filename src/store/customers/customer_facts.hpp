// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// A folder as JSON has it, for stores and exports; what is empty is left out. Times are microseconds since
/// 1970.
Facts facts_of(const Customer& customer);
/// What is missing or of another type is empty.
Customer customer_of(const Facts& facts);

/// The legs of a contact.
Value legs_value(const std::vector<LegRecord>& legs);
std::vector<LegRecord> legs_of(const Value& value);
/// A contact for an export: times as text, durations in seconds.
Facts facts_of(const ContactRecord& record);

std::vector<std::string> texts_of(const Value& value);

}  // namespace vcsr

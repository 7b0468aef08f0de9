// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// Both folders in one, with the id of `kept`: lists are joined, and of what only one can hold the kept
/// one's stays.
Customer joined(const Customer& kept, const Customer& merged);

/// What is left of `now`, the folder that `merge` made, when what came with the merge is taken out again.
Customer separated(const CustomerMerge& merge, const Customer& now);

/// The record without what tells who the customer was and what was said.
ContactRecord without_customer(ContactRecord record);

/// The folder without what is older than is to be kept; adds how many items went to `removed`.
void expire(Customer& customer, const Retention& keep, WallTime now, std::size_t& removed);

}  // namespace vcsr

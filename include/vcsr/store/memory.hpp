// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "vcsr/journal.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr {

class Loop;

/// In memory, for simulations and tests: durable as soon as it is appended. With `keep` = 0 entries
/// are passed to followers and counted but not kept; reading and following begin at the oldest kept.
VCSR_EXPORT std::unique_ptr<Journal> make_memory_journal(Loop& loop, std::size_t keep = SIZE_MAX);
VCSR_EXPORT std::unique_ptr<CustomerStore> make_memory_customers(Loop& loop, CustomerOptions options = {});

}  // namespace vcsr

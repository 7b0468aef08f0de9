// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/base/error.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// What is compared to find an identity: a phone without its punctuation, the rest as it is.
std::string identity_key(const Identity& identity);

/// Throw Error(invalid) that names what a store cannot keep.
void require_identities(const Customer& customer);
void require_id(const ContactRecord& record);

/// The refusal of an identity that somebody else has.
Error taken(const Identity& identity, const std::string& owner);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// By what folders of the same customer are found: {what it is, what is compared}, such as {"name",
/// "annali"} and {"phone", "8613800000001"}. Phones and mails of the profile count as those of identities.
std::vector<std::pair<std::string, std::string>> match_keys(const Customer& customer,
                                                            const std::string& region);

/// How much alike they are; a score of 0 and no reasons where they are not.
CustomerMatch compared(const Customer& customer, const Customer& other, const std::string& region);

/// The likeliest first, none without a score and at most `limit`.
void rank(std::vector<CustomerMatch>& matches, std::size_t limit);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "vcsr/base/value.hpp"
#include "vcsr/voicemail.hpp"

namespace vcsr {

/// The mailboxes with their messages, ready for JSON: [{"name", "messages": [{"id", "contact", "from",
/// "name", "customer", "at", "length" (seconds), "file", "heard"}]}].
Value list_mailboxes(const std::vector<Mailbox>& mailboxes);

}  // namespace vcsr

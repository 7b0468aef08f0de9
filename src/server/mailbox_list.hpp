// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vcsr/base/value.hpp"
#include "vcsr/center.hpp"

namespace vcsr {

/// All mailboxes with their messages, ready for JSON: [{"name", "messages": [{"id", "contact", "from",
/// "name", "customer", "at", "length" (seconds), "file", "heard"}]}].
Value list_mailboxes(const Center& center);

}  // namespace vcsr

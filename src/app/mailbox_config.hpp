// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/toml_section.hpp"
#include "vcsr/voicemail.hpp"

namespace vcsr {

/// One [[mailbox]].
MailboxOptions read_mailbox(TomlSection& section);

}  // namespace vcsr

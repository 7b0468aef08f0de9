// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vcsr {

/// docs/journal-events.md: every type of entries with its fields, from vcsr::event_schemas().
std::string journal_events_page();

}  // namespace vcsr

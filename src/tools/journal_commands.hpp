// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "tools/journal.hpp"

namespace CLI {
class App;
}

namespace vcsr {

/// Adds `vcsr journal`; `choose` is told what to run when one of its commands is on the command line. The
/// request outlives the app.
void add_journal_commands(CLI::App& app, JournalRequest& request,
                          const std::function<void(std::function<int()>)>& choose);

}  // namespace vcsr

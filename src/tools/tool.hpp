// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/flows.hpp"
#include "app/site.hpp"

namespace vcsr {

/// What a program made of the command brings along.
struct ToolParts {
  std::string version;
  Flows flows;  ///< that a configuration can name
  /// Done before a site listens: what its flows need in the stores.
  std::function<Task<>(Loop&, Site&)> prepare;
};

/// Exit statuses of the command.
enum ExitStatus : int {
  succeeded = 0,
  failed = 1,   ///< what was asked did not come off
  misused = 2,  ///< the command line or the configuration is wrong
};

/// The `vcsr` command: serve, journal, call, phone, recording, list, rules, feel, simulate, staff.
int run_tool(int argc, const char* const* argv, const ToolParts& parts);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "vcsr/base/time.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace vcsr {

struct FeelRequest {
  std::string expression;
  std::string input = "{}";  ///< JSON: what the expression can name
  bool spec = false;
};

/// What an expression is, as FEEL writes it; behind a null why, as a comment. Throws Error(invalid),
/// Error(refused) at a limit.
std::string evaluated(const FeelRequest& request, WallTime now);

/// `vcsr feel`; handed to `choose` when it is given. The request outlives it.
void add_feel_command(CLI::App& app, FeelRequest& request,
                      const std::function<void(std::function<int()>)>& choose);

}  // namespace vcsr

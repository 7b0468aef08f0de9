// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}  // namespace CLI

namespace vcsr {

struct RulesRequest {
  std::string path;  ///< a DMN document, or a folder of test cases
  std::string decision;
  std::string input = "{}";  ///< JSON
  bool spec = false;
  bool explain = false;
  bool verbose = false;
};

/// `vcsr rules check`: reads a document with its imports and says what is wrong with it. Throws Error.
int check_rules(const RulesRequest& request);
/// `vcsr rules run`: prints a decision as JSON. Throws Error.
int run_rules(const RulesRequest& request);
/// `vcsr rules tck`: runs test cases laid out as those of the DMN TCK; succeeds when all of them pass.
int run_kit(const RulesRequest& request);

/// `vcsr rules check|run|tck`; the one that is given is handed to `choose`.
void add_rules_commands(CLI::App& app, RulesRequest& request,
                        const std::function<void(std::function<int()>)>& choose);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "tools/rules.hpp"

namespace vcsr {

namespace {

using Choose = std::function<void(std::function<int()>)>;

void add_document(CLI::App& command, RulesRequest& request) {
  command.add_option("file", request.path, "A DMN document; what it imports is looked for beside it")
      ->required();
  command.add_flag("--spec", request.spec, "As the standard says: what has no result is null, not an error");
}

}  // namespace

void add_rules_commands(CLI::App& app, RulesRequest& request, const Choose& choose) {
  CLI::App* rules = app.add_subcommand("rules", "Decisions of DMN documents");
  rules->require_subcommand(1);

  CLI::App* check =
      rules->add_subcommand("check", "Say every fault of a document, or what its decisions need");
  add_document(*check, request);
  check->callback([&request, choose] { choose([&request] { return check_rules(request); }); });

  CLI::App* run = rules->add_subcommand("run", "Print a decision as JSON");
  add_document(*run, request);
  run->add_option("decision", request.decision, "Its name or id")->required();
  run->add_option("--input", request.input, "The facts, a JSON object");
  run->add_flag("--explain", request.explain, "Say why, too");
  run->callback([&request, choose] { choose([&request] { return run_rules(request); }); });

  CLI::App* kit = rules->add_subcommand("tck", "Run test cases laid out as those of the DMN TCK");
  kit->add_option("folder", request.path, "The kit, one of its levels, or one folder of it")->required();
  kit->add_flag("--verbose", request.verbose, "Say what each case that fails expected and got");
  kit->callback([&request, choose] { choose([&request] { return run_kit(request); }); });
}

}  // namespace vcsr

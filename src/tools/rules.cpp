// SPDX-License-Identifier: Apache-2.0
#include "tools/rules.hpp"

#include <cstdio>

#include "rules/tck/kit.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/rule_set.hpp"

namespace vcsr {

namespace {

RuleSet loaded(const RulesRequest& request) {
  return RuleSet::load(request.path, {.mode = request.spec ? RuleMode::spec : RuleMode::strict});
}

std::string counted(const rules::tck::Outcome& outcome) {
  return std::to_string(outcome.passed) + " passed, " + std::to_string(outcome.failed) + " failed, " +
         std::to_string(outcome.skipped) + " skipped";
}

Value::List as_list(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

}  // namespace

int check_rules(const RulesRequest& request) {
  const RuleSet rules = loaded(request);
  for (const std::string& decision : rules.decisions()) {
    std::string inputs;
    for (const std::string& input : rules.inputs(decision)) inputs += (inputs.empty() ? "" : ", ") + input;
    std::printf("decision '%s' needs %s\n", decision.c_str(), inputs.empty() ? "nothing" : inputs.c_str());
  }
  std::printf("no faults; sha256 %s\n", rules.hash().c_str());
  return succeeded;
}

int run_rules(const RulesRequest& request) {
  const Value input = from_json(request.input);
  const auto* const facts = input.get_if<Value::Map>();
  if (!facts)
    throw Error(Error::Code::invalid,
                "--input: expected a JSON object such as {\"age\": 42}, got " + request.input);
  const RuleSet rules = loaded(request);
  const WallTime now = AsioLoop().wall_time();
  const Decision decision = rules.decide(request.decision, *facts, now);
  Facts told = {{"value", decision.value}, {"outputs", decision.outputs}, {"rules", as_list(decision.rules)}};
  if (!decision.reason.empty()) told["reason"] = decision.reason;
  std::printf("%s\n", to_json(told).c_str());
  if (request.explain)
    for (const std::string& line : rules.explain(request.decision, *facts, now))
      std::printf("%s\n", line.c_str());
  return succeeded;
}

int run_kit(const RulesRequest& request) {
  const WallTime now = AsioLoop().wall_time();
  rules::tck::Outcome all;
  for (const std::string& folder : rules::tck::folders_below(request.path)) {
    const rules::tck::FolderOutcome result = rules::tck::run_folder(folder, now);
    std::printf("%s: %s\n", result.name.c_str(), counted(result.outcome).c_str());
    if (request.verbose)
      for (const std::string& failure : result.failures) std::printf("  %s\n", failure.c_str());
    all += result.outcome;
  }
  std::printf("%s\n", counted(all).c_str());
  return all.failed == 0 ? succeeded : failed;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
// Who is served first is business, not program: a decision table says it, in a file that any DMN editor
// writes. explain() tells why.
#include <cstdio>

#include <vcsr/rule_set.hpp>

using namespace vcsr;

int main(int argc, char** argv) {
  const RuleSet rules = RuleSet::load(argc > 1 ? argv[1] : "examples/bank/priority.dmn");
  const Facts customer = {{"segment", "standard"}, {"trouble", ""}, {"contacts", 4}};

  const Decision decision = rules.decide("priority", customer);
  std::printf("priority %s, by rule %s\n", decision.text("priority").c_str(), decision.rules.front().c_str());
  for (const std::string& line : rules.explain("priority", customer)) std::printf("  %s\n", line.c_str());
  return decision.rules.front() == "calls-again" ? 0 : 1;
}

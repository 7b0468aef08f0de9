// SPDX-License-Identifier: Apache-2.0
// Decisions of a table with six inputs and 1,000 rules, hit policy FIRST; facts that match rules evenly.
#include <string>
#include <vector>

#include <vcsr/rule_set.hpp>

#include "figure.hpp"

using namespace vcsr;

namespace {

constexpr int rules = 1000;
constexpr std::size_t decisions = 20'000;

std::string input(const std::string& name, const std::string& type) {
  return "<input><inputExpression typeRef=\"" + type + "\"><text>" + name +
         "</text></inputExpression></input>";
}

std::string entry(const std::string& kind, const std::string& text) {
  return "<" + kind + "><text>" + text + "</text></" + kind + ">";
}

std::string rule(int number) {
  const std::string low = std::to_string(number * 10), high = std::to_string(number * 10 + 9);
  return "<rule id=\"r" + std::to_string(number) + "\">" +
         entry("inputEntry", "\"segment " + std::to_string(number % 10) + "\"") +
         entry("inputEntry", "[" + low + ".." + high + "]") + entry("inputEntry", "-") +
         entry("inputEntry", "\"zh\", \"en\"") + entry("inputEntry", "&gt;= 1") +
         entry("inputEntry", "true") + entry("outputEntry", std::to_string(number)) + "</rule>";
}

std::string table() {
  std::string xml =
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"figure\">"
      "<decision id=\"priority\" name=\"priority\"><decisionTable hitPolicy=\"FIRST\">" +
      input("segment", "string") + input("balance", "number") + input("reason", "string") +
      input("language", "string") + input("contacts", "number") + input("known", "boolean") +
      "<output name=\"priority\" typeRef=\"number\"/>";
  for (int i = 0; i < rules; ++i) xml += rule(i);
  return xml + "</decisionTable></decision></definitions>";
}

std::vector<Facts> customers() {
  std::vector<Facts> all;
  for (int i = 0; i < rules; ++i) {
    all.push_back({{"segment", "segment " + std::to_string(i % 10)},
                   {"balance", i * 10 + 5},
                   {"reason", "balance"},
                   {"language", "en"},
                   {"contacts", 3},
                   {"known", true}});
  }
  return all;
}

}  // namespace

int main() {
  const RuleSet rule_set = RuleSet::parse(table());
  const std::vector<Facts> facts = customers();
  const Stopwatch watch;
  std::size_t matched = 0;
  for (std::size_t i = 0; i < decisions; ++i) {
    const std::size_t customer = i * 7 % facts.size();
    matched += rule_set.decide("priority", facts[customer]).text("priority") == std::to_string(customer);
  }
  if (matched != decisions) {
    std::fprintf(stderr, "rules: only %zu of %zu decisions are right\n", matched, decisions);
    return 1;
  }
  print_rate("rule_decisions_per_s", decisions, watch.cpu_seconds());
}

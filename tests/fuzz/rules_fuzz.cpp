// SPDX-License-Identifier: Apache-2.0
// A DMN document, and each of its decisions, in both modes.
#include "fuzz.hpp"
#include "vcsr/rule_set.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  for (const RuleMode mode : {RuleMode::strict, RuleMode::spec})
    fuzz::taken_or_refused([&] {
      const RuleSet rules = RuleSet::parse(fuzz::text(bytes, size), "rules", {.mode = mode});
      for (const std::string& decision : rules.decisions())
        fuzz::taken_or_refused([&] {
          rules.explain(decision, {{"tier", "gold"}, {"balance", std::int64_t{5}}});
        });
    });
  return 0;
}

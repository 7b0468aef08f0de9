// SPDX-License-Identifier: Apache-2.0
// A DMN document, and a decision by each of its tables.
#include "fuzz.hpp"
#include "vcsr/rule_set.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fuzz::taken_or_refused([&] {
    const RuleSet rules = RuleSet::parse(fuzz::text(bytes, size));
    for (const std::string& decision : rules.decisions())
      fuzz::taken_or_refused([&] {
        rules.explain(decision, {{"tier", "gold"}, {"balance", std::int64_t{5}}});
      });
  });
  return 0;
}

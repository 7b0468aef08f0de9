// SPDX-License-Identifier: Apache-2.0
// What is taken as a requirement is taken again from its own text, and means the same.
#include <optional>

#include "fuzz.hpp"
#include "vcsr/requirement.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fuzz::taken_or_refused([&] {
    const Requirement requirement = Requirement::parse(fuzz::text(bytes, size));
    const Requirement again = Requirement::parse(requirement.text());
    if (requirement.text().size() < 256) {
      const std::optional<Skills> example = requirement.example();
      VCSR_ASSERT(!example || requirement.met_by(*example));
      VCSR_ASSERT(requirement.implies(again));
    }
    Skills skills;
    for (const std::string& skill : requirement.skills()) {
      VCSR_ASSERT(requirement.met_by(skills) == requirement.why_not(skills).empty());
      VCSR_ASSERT(requirement.met_by(skills) == again.met_by(skills));
      VCSR_ASSERT(requirement.met_by(skills) == requirement.why_not(skills, "zh").empty());
      VCSR_ASSERT(requirement.met_by(skills) || requirement.score(skills) == 0);
      skills[skill] = static_cast<int>(skill.size()) % 4;
    }
  });
  return 0;
}

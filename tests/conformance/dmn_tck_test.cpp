// SPDX-License-Identifier: Apache-2.0
// The published conformance kit of DMN, as far as it stands here.
#include <doctest/doctest.h>

#include "rules/tck/kit.hpp"

using namespace vcsr;
using namespace vcsr::rules::tck;

namespace {

/// What the folders of a level come to; each failure is printed.
Outcome run_level(const std::string& level) {
  Outcome all;
  for (const std::string& folder : folders_below(std::string(VCSR_DMN_TCK) + "/" + level)) {
    const FolderOutcome result = run_folder(folder, WallTime(std::chrono::hours(500'000)));
    for (const std::string& failure : result.failures) MESSAGE(result.name << ": " << failure);
    all += result.outcome;
  }
  return all;
}

}  // namespace

TEST_CASE("every case of compliance level 2 passes") {
  const Outcome outcome = run_level("compliance-level-2");

  CHECK(outcome.passed == 87);
  CHECK(outcome.failed == 0);
  CHECK(outcome.skipped == 0);
}

TEST_CASE("every case of compliance level 3 passes") {
  const Outcome outcome = run_level("compliance-level-3");

  CHECK(outcome.passed == 2347);
  CHECK(outcome.failed == 0);
  CHECK(outcome.skipped == 0);
}

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vcsr/base/time.hpp"

namespace vcsr::rules::tck {

struct Outcome {
  int passed = 0;
  int failed = 0;
  int skipped = 0;  ///< cases whose model is not there

  Outcome& operator+=(const Outcome& other);
};

/// What the cases of a folder came to.
struct FolderOutcome {
  std::string name;
  Outcome outcome = {};
  std::vector<std::string> failures = {};  ///< file, case, result: expected, got, and why it is null
};

/// The folders with test cases below `folder`, itself included, in their order. Throws Error(not_found).
std::vector<std::string> folders_below(const std::string& folder);

/// Runs all cases of a folder as the standard says things are (RuleMode::spec). Each case counts once.
FolderOutcome run_folder(const std::string& folder, WallTime now);

}  // namespace vcsr::rules::tck

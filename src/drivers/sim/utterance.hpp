// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vcsr/drivers/sim.hpp"

namespace vcsr {

/// A prompt as a virtual party hears it.
struct Utterance {
  std::string text;                ///< as a listener would write it down
  std::vector<std::string> names;  ///< the catalog names in it
  Duration duration{};
};

/// Throws Error(not_found) for a prompt that the catalog of `options` does not have.
Utterance utter(const Prompt& prompt, const std::string& language, const SimOptions& options);

}  // namespace vcsr

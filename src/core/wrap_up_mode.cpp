// SPDX-License-Identifier: Apache-2.0
#include "vcsr/queue.hpp"

namespace vcsr {

const char* to_string(WrapUpMode mode) noexcept {
  constexpr const char* names[] = {"timed", "none", "optional", "mandatory", "forced"};
  return names[static_cast<int>(mode)];
}

}  // namespace vcsr

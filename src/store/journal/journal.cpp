// SPDX-License-Identifier: Apache-2.0
#include "vcsr/journal.hpp"

namespace vcsr {

Journal::~Journal() = default;

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/telephony/driver.hpp"

namespace vcsr {

Leg::~Leg() = default;
Driver::~Driver() = default;

}  // namespace vcsr

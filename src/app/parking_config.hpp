// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/toml_section.hpp"
#include "vcsr/parking.hpp"

namespace vcsr {

/// [parking]; whether there is such a queue is not looked at.
ParkingOptions read_parking(TomlSection& section);

}  // namespace vcsr

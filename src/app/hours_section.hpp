// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/opening_hours.hpp"
#include "app/toml_section.hpp"

namespace vcsr {

/// One [[hours]].
struct HoursConfig {
  std::string name;
  OpeningHours hours;
};

HoursConfig read_hours(TomlSection& section);

}  // namespace vcsr

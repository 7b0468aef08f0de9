// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/toml_section.hpp"
#include "vcsr/opening_hours.hpp"

namespace vcsr {

/// One [[hours]].
struct HoursConfig {
  std::string name;
  OpeningHours hours;
  Place place = {};
};

/// `absolute` makes paths absolute.
HoursConfig read_hours(TomlSection& section, const std::function<std::string(const std::string&)>& absolute);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "app/settings.hpp"

#include <algorithm>

#include "app/duration.hpp"
#include "app/nearest.hpp"

namespace vcsr {

Settings::Settings(const Facts& facts, std::vector<std::string> known) : facts_(facts) {
  known.push_back("folder");
  for (const auto& [name, value] : facts) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = nearest(name, known);
    throw Error(Error::Code::invalid, "unknown setting \"" + name + "\"" +
                                          (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  }
}

std::optional<Duration> Settings::duration(std::string_view name) const {
  const std::string written = text(name);
  const std::optional<Duration> read = parse_duration(written);
  if (!written.empty() && !read)
    throw Error(Error::Code::invalid,
                std::string(name) + ": expected a duration such as \"2min\", got \"" + written + "\"");
  return read;
}

}  // namespace vcsr

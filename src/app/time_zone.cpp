// SPDX-License-Identifier: Apache-2.0
#include "app/time_zone.hpp"

#include <chrono>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

/// cctz opens whatever file a name leads to, and takes "libc:localtime" for a name.
bool leads_elsewhere(const std::string& name) {
  return name.starts_with('/') || name.find("..") != std::string::npos || name.find(':') != std::string::npos;
}

}  // namespace

TimeZone TimeZone::named(const std::string& name) {
  if (name.empty()) return TimeZone(cctz::local_time_zone());
  cctz::time_zone zone;
  if (leads_elsewhere(name) || !cctz::load_time_zone(name, &zone))
    throw Error(Error::Code::not_found,
                "there is no time zone \"" + name +
                    "\" in the system's database; expected one such as \"Asia/Shanghai\" (and the package "
                    "tzdata)");
  return TimeZone(zone);
}

WallTime TimeZone::local(WallTime time) const {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  const cctz::time_zone::absolute_lookup there =
      zone_.lookup(cctz::time_point<cctz::seconds>(second.time_since_epoch()));
  return time + std::chrono::seconds(there.offset);
}

}  // namespace vcsr

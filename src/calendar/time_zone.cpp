// SPDX-License-Identifier: Apache-2.0
#include "calendar/time_zone.hpp"

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

WallTime TimeZone::absolute(WallTime local, Twice twice) const {
  using Lookup = cctz::time_zone::civil_lookup;
  const auto second = std::chrono::floor<std::chrono::seconds>(local);
  const Lookup found = zone_.lookup(cctz::civil_second() + second.time_since_epoch().count());
  cctz::time_point<cctz::seconds> there = found.pre;
  if (found.kind == Lookup::SKIPPED) there = found.trans;
  else if (found.kind == Lookup::REPEATED && twice == Twice::second) there = found.post;
  return WallTime(there.time_since_epoch()) + (local - second);
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "core/media_value.hpp"

#include <cmath>

#include "core/services.hpp"

namespace vcsr {

namespace {

Value::Map described(const MediaQuality::Direction& direction) {
  return {{"packets", static_cast<std::int64_t>(direction.packets)},
          {"lost", static_cast<std::int64_t>(direction.lost)},
          {"jitter", seconds(direction.jitter)},
          {"mos", std::round(direction.mos * 100) / 100}};
}

}  // namespace

Value to_value(const MediaQuality& quality) {
  Value::Map value{{"heard", described(quality.heard)}};
  if (quality.sent) value["sent"] = described(*quality.sent);
  if (quality.round_trip) value["round_trip"] = seconds(*quality.round_trip);
  return value;
}

}  // namespace vcsr

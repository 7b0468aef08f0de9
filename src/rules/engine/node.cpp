// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/node.hpp"

namespace vcsr::rules {

PlacedError::PlacedError(const Error& error, const Spot& spot)
    : Error(error.code(), Place{spot.document, spot.line, spot.where}, error.what()) {}

void throw_placed(const Error& error, const Spot& spot) {
  if (const auto* const known = dynamic_cast<const PlacedError*>(&error)) throw PlacedError(*known);
  throw PlacedError(error, spot);
}

}  // namespace vcsr::rules

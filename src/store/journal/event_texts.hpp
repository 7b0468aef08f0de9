// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace vcsr {

/// A type of entries as it is written down here: the fields a line each, "name kind meaning". A name with "?"
/// may be missing; words stand for their kind: "busy|refused|" with nothing behind the last bar where it may
/// be empty.
struct EventText {
  const char* type;
  const char* subject;
  const char* meaning;
  const char* fields;
};

std::span<const EventText> contact_events();
std::span<const EventText> center_events();

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/outgoing_call.hpp"

namespace vcsr {

/// Whom a program wants to be called, and what serves the call.
struct CallOrder {
  Address to;
  std::string number;  ///< whose flow serves it
  OutgoingOptions options;
};

/// {"to": "tel:+86…", "number": "8000", "from": "+8610…", "hide_from": true, "ring_time": "30s"}; `to` and
/// `number` have to be there. Throws Error(invalid) naming the field.
CallOrder parse_call_order(std::string_view json);

}  // namespace vcsr

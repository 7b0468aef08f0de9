// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/contact.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

/// A contact without a call that a program wants to put into a queue.
struct ContactOrder {
  ContactOptions contact;
  Requirement requirement = {};
  std::string prefer_agent = {};  ///< id; "": nobody
  Duration prefer_for{};
  ServeOptions serve = {};
};

/// From JSON: {"channel": "chat", "from": "web:li", "reason": "…", "collected": {"order": 4711}, "priority":
/// 1, "patience": 600, "requirement": "zh", "prefer": {"agent": "1001", "for": 30}}; only the channel must be
/// there. Throws Error(invalid) naming what is wrong.
ContactOrder parse_contact_order(std::string_view json);

/// From JSON: {"to": "tel:+4930123456", "at": "2026-12-01T09:00:00.000Z", "from": "tel:+4930800", "name":
/// "Li", "reason": "…", "language": "zh", "collected": {…}, "priority": 1}; only `to` must be there. Throws
/// Error(invalid) naming what is wrong.
CallbackRequest parse_callback_order(std::string_view json);

}  // namespace vcsr

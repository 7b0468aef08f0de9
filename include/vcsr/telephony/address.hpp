// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "vcsr/base/export.hpp"

namespace vcsr {

/// Where a party is reached: "sip:1001@example.org", "sip:1001" (a registered phone),
/// "tel:+86…", "sim:anna"; with a display name where one is known.
struct VCSR_EXPORT Address {
  Address() = default;
  Address(std::string uri, std::string name = {}) : uri(std::move(uri)), name(std::move(name)) {}
  Address(const char* uri) : uri(uri) {}

  /// "1001" of "sip:1001@example.org;transport=tcp"; the number of a tel URI; "" when there is none.
  std::string_view user() const;
  /// "sip"; "" when there is none.
  std::string_view scheme() const;

  bool operator==(const Address&) const = default;

  std::string uri;
  std::string name;
};

}  // namespace vcsr

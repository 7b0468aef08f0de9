// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "vcsr/telephony/driver.hpp"

namespace vcsr::python {

/// A driver that Python made and that a center may come to own.
class DriverPart {
 public:
  virtual ~DriverPart() = default;
  /// Throws Error(refused) the second time.
  virtual std::unique_ptr<Driver> give() = 0;
};

}  // namespace vcsr::python

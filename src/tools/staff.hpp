// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "vcsr/staffing.hpp"

namespace vcsr {

struct StaffRequest {
  StaffingModel model = StaffingModel::erlang_c;
  StaffingLoad load = {};  ///< per_hour where there is no profile; handling where its interval has none
  StaffingGoal goal = {};
  double shrinkage = 0;      ///< share of paid time that is not worked
  std::string profile = {};  ///< a CSV file: read_profile(); "" for one load
  std::size_t agents = 0;    ///< tell what so many reach; 0: tell how many are needed
  bool csv = false;
};

/// What `vcsr staff` prints: for one load the groups around the one needed, for a profile a line per
/// interval. Throws Error.
std::string staff_plan(const StaffRequest& request);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "vcsr/staffing.hpp"

namespace vcsr {

/// The exact steady state of M/M/N+M: exponential patience, at least one agent.
StaffingForecast forecast_erlang_a(const StaffingLoad& load, std::size_t agents);

}  // namespace vcsr

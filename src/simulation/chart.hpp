// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "simulation/report.hpp"

namespace vcsr {

/// An SVG with a picture per queue: contacts, waits, and service level with occupancy, over the day. Bands
/// around the lines are the margins of several runs.
std::string report_chart(const std::vector<QueueReportTable>& tables);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "tools/staff.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace vcsr {

/// The command `staff`; `choose` is told what to run. The request outlives it.
void add_staff_command(CLI::App& app, StaffRequest& request,
                       std::function<void(std::function<int()>)> choose);

/// "80%" or "0.8"; nothing for what is no share.
std::optional<double> parse_share(const std::string& text);

}  // namespace vcsr

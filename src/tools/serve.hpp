// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tools/tool.hpp"

namespace vcsr {

struct ServeRequest {
  std::string config;
  bool check = false;  ///< only read the configuration and build the center from it
};

/// `vcsr serve`: until SIGINT or SIGTERM. Throws Error.
int serve(const ServeRequest& request, const ToolParts& parts);

}  // namespace vcsr

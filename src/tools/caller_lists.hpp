// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "vcsr/base/time.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace vcsr {

struct CallerListRequest {
  enum class What { show, add, remove };

  What what = What::show;
  std::string config;
  std::string list, number, reason;
  std::string until;  ///< RFC 3339; "": for good, or `lasts`
  std::optional<Duration> lasts = {};
  std::string by;     ///< who does it, where the configuration has no users
  std::string token;  ///< of a user
  bool json = false;
};

/// `vcsr list`: a center's lists of callers, whether it runs or not. Throws Error.
int run_caller_lists(const CallerListRequest& request);

/// `vcsr list show|add|remove`; the one that is given is handed to `choose`.
void add_list_commands(CLI::App& app, CallerListRequest& request,
                       const std::function<void(std::function<int()>)>& choose);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace vcsr {

/// A file of src/server/page, built into the program.
struct Asset {
  std::string_view path;  ///< "/status.js"
  std::string_view type;
  std::string_view bytes;
};

/// Null when there is none.
const Asset* find_asset(std::string_view path);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "temporary_folder.hpp"
#include "thrown.hpp"
#include "vcsr/base/log.hpp"

namespace vcsr {

/// A log whose lines can be looked at, without their times.
struct Lines {
  explicit Lines(const Loop& loop)
      : log(loop, {.sink = [this](std::string_view line) { lines.emplace_back(line.substr(13)); }}) {}

  std::vector<std::string> lines;
  Log log;
};

}  // namespace vcsr

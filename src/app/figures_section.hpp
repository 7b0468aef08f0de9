// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/toml_section.hpp"
#include "vcsr/figures.hpp"

namespace vcsr {

/// The key figures that a running center keeps.
struct FiguresConfig {
  FigureOptions options;
  int days = 2;  ///< that are kept, with today
};

/// Reads [figures]; the queues' targets are their own.
void read_figures(TomlSection& section, FiguresConfig& figures);

}  // namespace vcsr

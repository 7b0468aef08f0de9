// SPDX-License-Identifier: Apache-2.0
#include "app/figures_section.hpp"

namespace vcsr {

void read_figures(TomlSection& section, FiguresConfig& figures) {
  using namespace std::chrono_literals;
  constexpr Duration day = 24h;
  Duration& interval = figures.options.interval;
  if (section.read("interval", interval, 1min) && day % interval != Duration::zero())
    section.wrong("interval", "a part of a day, such as \"15min\", \"30min\" or \"1h\"");
  section.read("short_abandon", figures.options.short_abandon);
  section.read("days", figures.days, 1, 31);
  section.finish();
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "tools/story.hpp"

#include <cmath>
#include <cstdio>

namespace vcsr {

void Story::tell(const std::string& event, const std::string& words, Facts data) const {
  if (format_ == Format::silent) return;
  const double seconds = std::chrono::duration<double>(loop_.now() - began_).count();
  if (format_ == Format::json) {
    data.insert_or_assign("event", event);
    data.insert_or_assign("at", std::round(seconds * 1000) / 1000);
    std::printf("%s\n", to_json(data).c_str());
  } else {
    std::printf("%8.3f  %-10s  %s\n", seconds, event.c_str(), words.c_str());
  }
  std::fflush(stdout);
}

}  // namespace vcsr

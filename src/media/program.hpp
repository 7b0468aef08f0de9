// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/time.hpp"

namespace vcsr {

struct ProgramResult {
  int status = 0;  ///< as a shell would show it: 128 + the signal when it was killed
  std::vector<std::uint8_t> output;
  std::string complaints;  ///< what it wrote to standard error
};

/// Runs a program found in PATH, without a shell, and waits for its end. Throws Error: unavailable
/// when it cannot be started, timed_out when it takes longer than the limit or writes more than
/// 64 MB; it is then killed, with all that it started.
ProgramResult run_program(const std::vector<std::string>& command, std::string_view input, Duration limit);

}  // namespace vcsr

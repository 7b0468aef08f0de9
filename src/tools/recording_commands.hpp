// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "tools/recording.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace vcsr {

/// The command `recording` with its own commands; `choose` is told what to run. The request outlives it.
void add_recording_commands(CLI::App& app, RecordingRequest& request,
                            std::function<void(std::function<int()>)> choose);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/task.hpp"

namespace vcsr {

/// Runs the loop until the task has ended; returns or throws what the task did, or `failed` when
/// the loop was stopped before.
int run_to_end(AsioLoop& loop, Task<int> task);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/base/log.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/worker.hpp"

namespace vcsr {

/// What all connectors have.
struct ConnectorOptions {
  std::string name = {};                       ///< of the source
  Duration limit = std::chrono::seconds(2);    ///< of a question that has none of its own
  int connections = 2;                         ///< questions at the same time; further ones wait
  Worker::Mode worker = Worker::Mode::thread;  ///< on_loop for simulations
  Log log = {};
};

}  // namespace vcsr

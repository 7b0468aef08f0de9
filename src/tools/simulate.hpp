// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "vcsr/figures.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace vcsr {

struct SimulateRequest {
  std::string scenario;                    ///< a TOML file: docs/simulation.md
  std::string beside = {};                 ///< another scenario, to be printed side by side; "" for none
  std::optional<std::size_t> runs = {};    ///< instead of the scenario's
  std::optional<std::uint64_t> seed = {};  ///< of the first run; each further one has the next
  Attribution by = Attribution::by_end;
  std::string recorded = {};  ///< a journal whose customers come instead of the scenario's; "" for none
  std::string day = {};       ///< of that journal, "2026-11-22"; "" where it has one only
  std::string csv = {}, svg = {},
              journal = {};  ///< files to write; "" for none. The journal: of the first run
  bool quiet = false;        ///< no progress on standard error
};

/// `vcsr simulate`: prints the key figures and writes the files. Throws Error.
int simulate(const SimulateRequest& request);

/// The command `simulate`; `choose` is told what to run. The request outlives it.
void add_simulate_command(CLI::App& app, SimulateRequest& request,
                          std::function<void(std::function<int()>)> choose);

}  // namespace vcsr

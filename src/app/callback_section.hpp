// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "app/toml_section.hpp"

namespace vcsr {

/// Every [queue.callback]; its hours can be found only when all [[hours]] are known.
class CallbackSections {
 public:
  /// callback and resume_within; after the overflows.
  void read(TomlSection& section, QueueOptions& queue);
  /// Finds the hours, and notes those that are not there and overflows that lead to no callback.
  void finish(Config& config, Faults& faults) const;

 private:
  struct Named {
    std::string queue, hours;
    int line;
    std::string field;
  };

  void read_key(TomlSection& section, QueueOptions& queue);
  void find_hours(const Named& named, Config& config, Faults& faults) const;

  std::vector<Named> named_;
  std::vector<Named> leading_;  ///< queues with overflows that lead to a callback
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/config.hpp"
#include "app/toml_section.hpp"

namespace vcsr {

/// Every [[queue.overflow]]; where they lead can be known only when all queues and mailboxes are.
class OverflowSections {
 public:
  void read(TomlSection& section, QueueOptions& queue);
  /// Lets queues be open by their hours, and notes hours that are not there.
  void open_by_hours(Config& config, Faults& faults) const;
  /// Notes those that lead to what is not there, or in a circle.
  void check(const Config& config, Faults& faults) const;

 private:
  struct Way {
    std::string from;
    Overflow rule;
    int line;
    std::string field;
  };

  struct Hours {
    std::string queue, name;
    int line;
    std::string field;
  };

  void read_way(TomlSection& section, QueueOptions& queue);
  std::string circle(const Way& way, std::size_t read_before) const;

  std::vector<Way> ways_;
  std::vector<Hours> hours_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/contact_impl.hpp"
#include "core/services.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// Contacts without a call that waited in a queue, were offered or in hand, and customers who were to be
/// called back, as far as the journal tells.
class WaitingBefore {
 public:
  void apply(const JournalEntry& entry);
  /// Whether the contact is brought back: its queue is there.
  bool has(const Services& services, const std::string& contact) const;
  /// Opens them again, and lets whoever serves them go on, first to be served first.
  Task<> restore(std::shared_ptr<Services> services) const;

 private:
  enum class State { elsewhere, waiting, in_hand };
  struct Before {
    JournalEntry arrived;
    std::string reason, language, verification, requirement, preferred_agent;
    Duration preferred_for{};
    Facts collected;
    std::optional<Customer> customer = {};
    State state = State::elsewhere;
    std::string queue;
    int priority = 0;
    WallTime entered{}, joined{};
    std::optional<Callback> callback = {};
  };

  void describe(Before& before, const JournalEntry& entry) const;
  void move(Before& before, const JournalEntry& entry) const;
  static bool is_kept(const Services& services, const Before& before);
  static std::shared_ptr<Contact::Impl> open(const std::shared_ptr<Services>& services, const std::string& id,
                                             const Before& before);

  std::map<std::string, Before> open_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// Something that happened.
struct JournalEntry {
  std::uint64_t number = 0;  ///< from 1, without gaps, in the order of append()
  WallTime at{};
  std::string type = {};     ///< "contact.queued"; see vcsr/journal_events.hpp
  std::string subject = {};  ///< the id of the contact, agent or recording it is about
  Facts data = {};
};

/// The ordered, durable log of everything that happened. Contexts, records, reports and live
/// boards are derived from it. Used on its loop; writing happens elsewhere, in groups.
class VCSR_EXPORT Journal {
 public:
  using Follower = std::function<void(const JournalEntry&)>;

  /// Ends following when it dies.
  class VCSR_EXPORT Subscription {
   public:
    Subscription() = default;
    explicit Subscription(std::shared_ptr<void> token) : token_(std::move(token)) {}

   private:
    std::shared_ptr<void> token_;
  };

  virtual ~Journal();

  /// Numbers and keeps the entry, stamped with the loop's wall time; returns its number at once.
  /// Never throws and never loses an entry while the process lives: when the store cannot take it,
  /// it waits in memory and trouble() says so.
  virtual std::uint64_t append(std::string type, std::string subject, Facts data) = 0;

  /// Waits until everything appended before is durable: only then may it be acknowledged to anybody.
  virtual Task<> durable() = 0;

  /// Durable entries from `first` on, at most `limit` of them.
  virtual Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit) = 0;

  /// Calls `follower` on the loop for every durable entry from `first` on, in order, without a gap
  /// between those of the past and those to come. Never inside a call of this class; it may use the
  /// journal and end its own subscription, and must not throw.
  [[nodiscard]] virtual Subscription follow(std::uint64_t first, Follower follower) = 0;

  /// The number of the newest entry; 0 when there is none.
  virtual std::uint64_t last() const = 0;

  /// "" while entries become durable; otherwise why they do not, in words for an operator.
  virtual std::string trouble() const = 0;
};

}  // namespace vcsr

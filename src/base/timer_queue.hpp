// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "vcsr/base/loop.hpp"

namespace vcsr {

/// The tasks and timers of a Loop: tasks first, then timers by time and by the order they
/// were set. Setting and firing cost O(log n), cancelling O(1); one thread.
class TimerQueue {
 public:
  void push(Loop::Callback task) { ready_.push_back(std::move(task)); }
  Loop::TimerId at(Timestamp when, Loop::Callback task);
  void cancel(Loop::TimerId timer);
  /// Forgets everything. What is forgotten may set and cancel timers while it dies.
  void clear();

  bool has_ready() const { return !ready_.empty(); }
  /// When the next timer is due; empty when there is none.
  std::optional<Timestamp> next();

  Loop::Callback take_ready();
  /// The timer that next() spoke of.
  Loop::Callback take_timer();

 private:
  struct Entry {
    Timestamp when;
    std::uint64_t order;
    std::uint32_t slot;
    std::uint32_t generation;
    bool operator>(const Entry& other) const {
      return when != other.when ? when > other.when : order > other.order;
    }
  };
  struct Slot {
    Loop::Callback task;
    std::uint32_t generation = 1;
    bool armed = false;
  };

  bool stale(const Entry& entry) const { return slots_[entry.slot].generation != entry.generation; }
  void drop_front();
  void release(std::uint32_t slot);
  void compact();

  std::deque<Loop::Callback> ready_;
  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::uint64_t next_order_ = 0;
  std::size_t cancelled_ = 0;
};

}  // namespace vcsr

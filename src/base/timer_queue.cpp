// SPDX-License-Identifier: Apache-2.0
#include "base/timer_queue.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace vcsr {

Loop::TimerId TimerQueue::at(Timestamp when, Loop::Callback task) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  slots_[slot].task = std::move(task);
  slots_[slot].armed = true;
  heap_.push_back({when, next_order_++, slot, slots_[slot].generation});
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  return Loop::TimerId{(std::uint64_t{slots_[slot].generation} << 32) | slot};
}

void TimerQueue::cancel(Loop::TimerId timer) {
  const auto id = static_cast<std::uint64_t>(timer);
  const auto slot = static_cast<std::uint32_t>(id);
  if (slot >= slots_.size() || !slots_[slot].armed || slots_[slot].generation != id >> 32) return;
  // The task dies last: its destructor may set or cancel timers itself.
  const Loop::Callback task = std::move(slots_[slot].task);
  release(slot);
  ++cancelled_;
  if (cancelled_ > heap_.size() / 2) compact();
}

void TimerQueue::clear() {
  for (;;) {
    std::deque<Loop::Callback> dying;
    dying.swap(ready_);
    for (const Entry& entry : heap_) {
      if (stale(entry)) continue;
      dying.push_back(std::move(slots_[entry.slot].task));
      release(entry.slot);
    }
    heap_.clear();
    cancelled_ = 0;
    if (dying.empty()) return;
  }
}

std::optional<Timestamp> TimerQueue::next() {
  while (!heap_.empty() && stale(heap_.front())) {
    drop_front();
    --cancelled_;
  }
  if (heap_.empty()) return std::nullopt;
  return heap_.front().when;
}

Loop::Callback TimerQueue::take_ready() {
  Loop::Callback task = std::move(ready_.front());
  ready_.pop_front();
  return task;
}

Loop::Callback TimerQueue::take_timer() {
  const std::uint32_t slot = heap_.front().slot;
  drop_front();
  Loop::Callback task = std::move(slots_[slot].task);
  release(slot);
  return task;
}

void TimerQueue::drop_front() {
  std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
  heap_.pop_back();
}

void TimerQueue::release(std::uint32_t slot) {
  slots_[slot].task = nullptr;
  slots_[slot].armed = false;
  if (++slots_[slot].generation == 0) slots_[slot].generation = 1;
  free_.push_back(slot);
}

void TimerQueue::compact() {
  std::erase_if(heap_, [this](const Entry& entry) { return stale(entry); });
  std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
  cancelled_ = 0;
}

}  // namespace vcsr

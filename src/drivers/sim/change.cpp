// SPDX-License-Identifier: Apache-2.0
#include "drivers/sim/change.hpp"

namespace vcsr {

void Change::Link::leave() {
  previous->next = next;
  next->previous = previous;
  previous = next = this;
}

void Change::Link::enter(Link& ring) {
  previous = ring.previous;
  next = &ring;
  previous->next = next->previous = this;
}

void Change::Wait::await_suspend(std::coroutine_handle<> waiter) {
  link_.waiter = waiter;
  link_.enter(change_.waiting_);
  if (!limit_) return;
  alarm_.set(*limit_, [this] {
    link_.leave();
    link_.waiter.resume();
  });
}

void Change::tell() {
  if (waking_ || waiting_.alone()) return;
  waking_ = true;
  wake_.set(loop_.now(), [this] { wake(); });
}

// Whoever is woken may destroy the others, and this object: nothing of it is touched after the
// first.
void Change::wake() {
  waking_ = false;
  Link woken;
  woken.enter(waiting_);
  waiting_.leave();
  while (!woken.alone()) {
    Link& first = *woken.next;
    first.leave();
    first.waiter.resume();
  }
}

}  // namespace vcsr

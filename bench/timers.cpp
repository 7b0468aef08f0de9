// SPDX-License-Identifier: Apache-2.0
// Timers set and fired in virtual time while 100,000 others wait; every tenth is cancelled and set again,
// as a call does that hears a digit in time.
#include <cstdint>
#include <vector>

#include <vcsr/sim/sim_loop.hpp>

#include "figure.hpp"

namespace {

constexpr std::size_t waiting = 100'000;
constexpr std::size_t in_all = 5'000'000;

class Timers {
 public:
  void run() {
    timers_.resize(waiting);
    for (std::size_t i = 0; i < waiting; ++i) set(i);
    loop_.run();
  }
  std::size_t set_in_all() const { return set_; }

 private:
  void set(std::size_t i) {
    const vcsr::Duration wait(loop_.random() % 60'000'000);
    timers_[i] = loop_.at(loop_.now() + wait, [this, i] { fire(i); });
    ++set_;
  }
  void fire(std::size_t i) {
    if (set_ >= in_all) return;
    set(i);
    if (set_ % 10 != 0) return;
    loop_.cancel(timers_[i]);
    set(i);
  }

  vcsr::SimLoop loop_;
  std::vector<vcsr::Loop::TimerId> timers_;
  std::size_t set_ = 0;
};

}  // namespace

int main() {
  Timers timers;
  const Stopwatch watch;
  timers.run();
  print_rate("timers_per_s", timers.set_in_all(), watch.cpu_seconds());
}

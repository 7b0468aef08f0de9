// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include <vcsr/base/error.hpp>
#include <vcsr/base/together.hpp>
#include <vcsr/base/value.hpp>
#include <vcsr/sim/sim_loop.hpp>

vcsr::Task<> say_hello_tomorrow(vcsr::Loop& loop) {
  co_await loop.sleep(std::chrono::hours(24));
  try {
    vcsr::from_json("{broken");
  } catch (const vcsr::Error&) {
    std::puts("a day later: hello");
  }
}

int main() {
  vcsr::SimLoop loop;
  vcsr::Scope scope(loop);
  scope.spawn(say_hello_tomorrow(loop));
  loop.run();
}

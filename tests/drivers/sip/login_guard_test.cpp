// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/login_guard.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace vcsr::sip;
using namespace std::chrono_literals;

namespace {

constexpr WallTime noon{std::chrono::seconds(1'767'225'600)};

void fail(LoginGuard& guard, int times, WallTime now = noon) {
  for (int i = 0; i < times; ++i) guard.failed("1001", "192.0.2.1", now);
}

}  // namespace

TEST_CASE("after five wrong passwords each further one doubles the time of waiting") {
  LoginGuard guard;
  fail(guard, 4);
  CHECK(guard.locked("1001", "192.0.2.1", noon) <= 0s);

  fail(guard, 1);
  CHECK(guard.locked("1001", "192.0.2.1", noon) == 4s);
  CHECK(guard.locked("1001", "192.0.2.1", noon + 3s) == 1s);
  CHECK(guard.locked("1001", "192.0.2.1", noon + 4s) <= 0s);
  fail(guard, 1, noon + 4s);
  CHECK(guard.locked("1001", "192.0.2.1", noon + 4s) == 8s);
  fail(guard, 30, noon + 12s);
  CHECK(guard.locked("1001", "192.0.2.1", noon + 12s) == 15min);
}

TEST_CASE("others, and the same user elsewhere, are not locked out") {
  LoginGuard guard;
  fail(guard, 9);

  CHECK(guard.locked("1002", "192.0.2.1", noon) <= 0s);
  CHECK(guard.locked("1001", "192.0.2.2", noon) <= 0s);
}

TEST_CASE("the right password and an hour make up for wrong ones") {
  LoginGuard guard;
  fail(guard, 4);
  guard.succeeded("1001", "192.0.2.1");
  fail(guard, 4);
  CHECK(guard.locked("1001", "192.0.2.1", noon) <= 0s);

  fail(guard, 4, noon + 61min);
  CHECK(guard.locked("1001", "192.0.2.1", noon + 61min) <= 0s);
}

TEST_CASE("guessing names does not fill the memory") {
  LoginGuard guard;
  for (std::size_t i = 0; i < LoginGuard::most_entries + 500; ++i)
    guard.failed("user" + std::to_string(i), "192.0.2.1", noon);

  CHECK(guard.size() == LoginGuard::most_entries);
}

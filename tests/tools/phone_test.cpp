// SPDX-License-Identifier: Apache-2.0
#include "tools/phone.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

namespace vcsr {

TEST_CASE("an account names the user and the registrar") {
  const SipRegistration registration = registration_of("1001@127.0.0.1:5070", Secret("river"));

  CHECK(registration.user == "1001");
  CHECK(registration.registrar == "sip:127.0.0.1:5070");
  CHECK(registration.password.matches("river"));
}

TEST_CASE("an account that is none is refused with the form it should have") {
  for (const char* account : {"1001", "@host", "1001@", ""})
    CHECK_THROWS_WITH_AS(registration_of(account, {}),
                         doctest::Contains("expected USER@HOST:PORT after --register, got '"), Error);
}

}  // namespace vcsr

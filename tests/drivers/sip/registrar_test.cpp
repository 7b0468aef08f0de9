// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/registrar.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace vcsr::sip;

namespace {

constexpr WallTime noon{std::chrono::seconds(1'767'225'600)};
WallTime after(int seconds) { return noon + std::chrono::seconds(seconds); }

}  // namespace

TEST_CASE("the newest contact is the last, and renewing an old one does not make it newer") {
  Registrar registrar;
  CHECK(registrar.bindings("1001").empty());

  CHECK(registrar.bind("1001", "sip:a@1", "1:5060", after(60)));
  CHECK(registrar.bind("1001", "sip:b@2", "2:5060", after(60)));
  CHECK(registrar.bind("1001", "sip:a@1", "1:6060", after(90)));

  CHECK(registrar.bindings("1001").back().uri == "sip:b@2");
  CHECK(registrar.bindings("1001").size() == 2);
  CHECK(registrar.bindings("1001")[0].source == "1:6060");
  CHECK(registrar.bindings("1001")[0].expires == after(90));
}

TEST_CASE("contacts end by themselves or are taken back") {
  Registrar registrar;
  registrar.bind("1001", "sip:a@1", "", after(60));
  registrar.bind("1001", "sip:b@2", "", after(30));
  registrar.bind("1002", "sip:c@3", "", after(60));

  CHECK(registrar.expire(after(29)).empty());
  CHECK(registrar.expire(after(30)) == std::vector<std::string>{"1001"});
  CHECK(registrar.bindings("1001").back().uri == "sip:a@1");
  registrar.unbind("1001", "sip:other@1");
  CHECK(!registrar.bindings("1001").empty());
  registrar.unbind("1001", "sip:a@1");
  CHECK(registrar.bindings("1001").empty());
  registrar.unbind_all("1002");
  CHECK(registrar.bindings("1002").empty());
  CHECK(registrar.expire(after(1000)).empty());
}

TEST_CASE("one user cannot fill the memory") {
  Registrar registrar(3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(registrar.bind("1001", "sip:" + std::to_string(i), "", after(60)));
  }

  CHECK(!registrar.bind("1001", "sip:one-more", "", after(60)));
  CHECK(registrar.bind("1001", "sip:0", "", after(70)));
}

TEST_CASE("what a request changed before it failed is taken back") {
  Registrar registrar;
  registrar.bind("1001", "sip:a@1", "", after(60));
  const std::vector<ContactBinding> before = registrar.bindings("1001");
  registrar.unbind_all("1001");
  registrar.bind("1001", "sip:b@2", "", after(60));

  registrar.restore("1001", before);
  registrar.restore("1002", {});

  REQUIRE(registrar.bindings("1001").size() == 1);
  CHECK(registrar.bindings("1001")[0].uri == "sip:a@1");
  CHECK(registrar.users().size() == 1);
}

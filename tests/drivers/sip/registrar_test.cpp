// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/registrar.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace vcsr::sip;

namespace {

constexpr WallTime noon{std::chrono::seconds(1'767'225'600)};
WallTime after(int seconds) { return noon + std::chrono::seconds(seconds); }

}  // namespace

TEST_CASE("the newest contact is found, and renewing an old one does not make it newer") {
  Registrar registrar;
  CHECK(registrar.find("1001") == nullptr);

  CHECK(registrar.bind("1001", "sip:a@1", "1:5060", after(60)));
  CHECK(registrar.bind("1001", "sip:b@2", "2:5060", after(60)));
  CHECK(registrar.bind("1001", "sip:a@1", "1:6060", after(90)));

  CHECK(registrar.find("1001")->uri == "sip:b@2");
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
  CHECK(registrar.find("1001")->uri == "sip:a@1");
  registrar.unbind("1001", "sip:other@1");
  CHECK(registrar.find("1001") != nullptr);
  registrar.unbind("1001", "sip:a@1");
  CHECK(registrar.find("1001") == nullptr);
  registrar.unbind_all("1002");
  CHECK(registrar.find("1002") == nullptr);
  CHECK(registrar.expire(after(1000)).empty());
}

TEST_CASE("one user cannot fill the memory") {
  Registrar registrar;
  for (std::size_t i = 0; i < Registrar::most_bindings; ++i) {
    CHECK(registrar.bind("1001", "sip:" + std::to_string(i), "", after(60)));
  }

  CHECK(!registrar.bind("1001", "sip:one-more", "", after(60)));
  CHECK(registrar.bind("1001", "sip:0", "", after(70)));
}

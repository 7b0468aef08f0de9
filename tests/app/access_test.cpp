// SPDX-License-Identifier: Apache-2.0
#include "app/access.hpp"

#include <doctest/doctest.h>

using namespace vcsr;

namespace {

const RecordingDescription call{.id = "r1", .agent = "1001", .queue = "cards"};
const User anna{.name = "anna", .role = UserRole::agent, .token = Secret("a"), .agent = "1001"};
const User ben{.name = "ben", .role = UserRole::supervisor, .token = Secret("b"), .queues = {"cards"}};
const User eve{.name = "eve", .role = UserRole::supervisor, .token = Secret("e"), .queues = {"loans"}};
const User ida{.name = "ida", .role = UserRole::auditor, .token = Secret("i")};
const User root{.name = "root", .role = UserRole::administrator, .token = Secret("r")};

std::string rights(const User& user) {
  std::string all;
  for (const Right right : {Right::listen, Right::overhear, Right::take_out, Right::note, Right::hold,
                            Right::remove, Right::destroy, Right::administer})
    if (may(user, right, call)) all += std::string(to_string(right)) + " ";
  return all;
}

std::string denial(const User& user, Right right, const RecordingDescription* recording) {
  try {
    require_right(user, right, recording);
  } catch (const Denied& denied) {
    CHECK(denied.right() == right);
    CHECK(denied.recording() == (recording ? "r1" : ""));
    return denied.what();
  }
  return "";
}

}  // namespace

TEST_CASE("every role has its rights, agents for own calls and supervisors for own queues") {
  CHECK(rights(anna) == "listen note ");
  CHECK(rights(ben) == "listen overhear export note hold ");
  CHECK(rights(eve).empty());
  CHECK(rights(ida) == "listen ");
  CHECK(rights(root) == "listen overhear export note hold delete destroy administer ");

  User nobody = anna;
  nobody.agent = "";
  CHECK_FALSE(may(nobody, Right::listen, {.id = "r2", .agent = ""}));
}

TEST_CASE("who is denied learns which right is missing") {
  CHECK(denial(ben, Right::destroy, &call) == "ben (supervisor) lacks the right \"destroy\"");
  CHECK(denial(eve, Right::listen, &call) ==
        "eve (supervisor) has the right \"listen\" for own queues only: recording r1 is another's");
  CHECK(denial(ida, Right::administer, nullptr) == "ida (auditor) lacks the right \"administer\"");
  CHECK(denial(root, Right::destroy, &call).empty());
}

TEST_CASE("a token is somebody's or nobody's") {
  User without{.name = "tom"};

  CHECK(user_with_token({anna, ben}, "b")->name == "ben");
  CHECK_FALSE(user_with_token({anna, ben}, "c"));
  CHECK_FALSE(user_with_token({without}, ""));
}

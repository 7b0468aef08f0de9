// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/trunk_table.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using sip::number_of_tel;
using sip::TrunkTable;
using Order = std::vector<std::size_t>;

namespace {

SipTrunk trunk(std::vector<std::string> prefixes, double cost = 0) {
  SipTrunk trunk;
  trunk.address = "sip:192.0.2.1";
  trunk.prefixes = std::move(prefixes);
  trunk.cost = cost;
  return trunk;
}

}  // namespace

TEST_CASE("the longest prefix comes first, then the lowest cost, then the order of the list") {
  const std::vector<SipTrunk> trunks = {trunk({"*"}), trunk({"+86"}, 3), trunk({"+86", "+1"}, 2),
                                        trunk({"+8610"}, 9), trunk({"+86"}, 2)};
  const TrunkTable table(trunks);

  CHECK(table.routes("+861055500001") == Order{3, 2, 4, 1, 0});
  CHECK(table.routes("+12025550001") == Order{2, 0});
  CHECK(table.routes("+4930555") == Order{0});
}

TEST_CASE("nothing is dialled that no prefix grants, or that is denied whatever grants it") {
  std::vector<SipTrunk> trunks = {trunk({"+86"}), trunk({})};
  trunks[0].denied = {"+8616"};
  const TrunkTable table(trunks);

  CHECK(table.routes("+86138") == Order{0});
  CHECK(table.routes("+861600001").empty());
  CHECK(table.routes("+49305550001").empty());
  CHECK(table.routes("").empty());
}

TEST_CASE("a trunk that is down is tried last") {
  const std::vector<SipTrunk> trunks = {trunk({"*"}, 1), trunk({"*"}, 2)};
  TrunkTable table(trunks);

  CHECK(table.set_up(0, false));
  CHECK_FALSE(table.set_up(0, false));
  CHECK(table.routes("1") == Order{1, 0});
  CHECK(table.set_up(0, true));
  CHECK(table.routes("1") == Order{0, 1});
}

TEST_CASE("a trunk takes as many calls at once as it may") {
  std::vector<SipTrunk> trunks = {trunk({"*"})};
  trunks[0].max_calls = 2;
  TrunkTable table(trunks);

  CHECK(table.take(0, 1));
  CHECK(table.take(0, 1));
  CHECK_FALSE(table.take(0, 1));
  table.release(0);
  CHECK(table.take(0, 1));
}

TEST_CASE("a trunk takes as many calls a day as it may, and again the day after") {
  std::vector<SipTrunk> trunks = {trunk({"*"})};
  trunks[0].max_calls_per_day = 2;
  TrunkTable table(trunks);

  for (int i = 0; i < 2; ++i) {
    CHECK(table.take(0, 7));
    table.release(0);
  }
  CHECK_FALSE(table.take(0, 7));
  CHECK(table.take(0, 8));
}

TEST_CASE("a tel URI gives its number without what separates the digits") {
  CHECK(number_of_tel("tel:+86-10-5550.0001") == "+861055500001");
  CHECK(number_of_tel("tel:(010)555;phone-context=+86") == "010555");
  CHECK(number_of_tel("tel:*21#") == "*21#");
}

TEST_CASE("what is no number is not dialled") {
  for (const char* uri : {"tel:", "tel:+", "tel:anna", "tel:12+3", "tel:%2B861", "sip:+861@host", "+861"})
    CHECK_FALSE(number_of_tel(uri));
}

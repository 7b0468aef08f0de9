// SPDX-License-Identifier: Apache-2.0
#include "tools/staff.hpp"

#include "temporary_folder.hpp"
#include "thrown.hpp"
#include "tools/staff_command.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

StaffRequest request() { return {.load = {.per_hour = 360, .handling = 240s, .target = 20s}}; }

}  // namespace

TEST_CASE("for one load the group that is needed stands among its neighbors") {
  const std::string plan = staff_plan(request());

  CHECK(plan.starts_with("Erlang C, 24.000 erlangs, 29 agents needed\n"));
  CHECK(plan.find("    27         27      65.0 %") != std::string::npos);
  CHECK(plan.find("  > 29         29      84.0 %") != std::string::npos);
  CHECK(plan.find("\n    24 ") == std::string::npos);
}

TEST_CASE("what a given group reaches is told to six digits in CSV") {
  StaffRequest asked = request();
  asked.model = StaffingModel::erlang_a;
  asked.load.patience = 120s;
  asked.agents = 24;
  asked.csv = true;

  CHECK(staff_plan(asked) ==
        "agents,scheduled,sl_offered,sl_answered,lost,waiting,asa,mean_wait,occupancy\n"
        "24,24,0.719457,0.794916,0.094927,0.446883,10.327707,11.391263,0.905073\n");
}

TEST_CASE("a profile has a line per interval and the hours they sum to") {
  const TemporaryFolder folder;
  StaffRequest asked = request();
  asked.profile =
      folder.write("day.csv", "begins,contacts,handling,agents\n09:00,180,,\n09:30,0,,\n10:00,50,3min,8\n");
  asked.shrinkage = 0.3;

  const std::string plan = staff_plan(asked);

  CHECK(plan.find(" 09:00       180    240   24.000      29         42      84.0 %") != std::string::npos);
  CHECK(plan.find(" 09:30         0    240    0.000       0          0     100.0 %") != std::string::npos);
  CHECK(plan.find(" 10:00        50    180    5.000       8         12      88.0 %") != std::string::npos);
  CHECK(plan.ends_with("\nagent hours: 18.5 at work, 27.0 paid\n"));
}

TEST_CASE("an interval with too few agents is refused with its time") {
  const TemporaryFolder folder;
  StaffRequest asked = request();
  asked.profile = folder.write("day.csv", "begins,contacts,agents\n09:00,180,20\n");

  const std::string words = thrown(Error::Code::invalid, [&] { staff_plan(asked); });

  CHECK(words.find("day.csv: 09:00: Erlang C: 24 erlangs need more than 20 agents") != std::string::npos);
}

TEST_CASE("a share is written with or without a percent sign") {
  CHECK(parse_share("80%") == 0.8);
  CHECK(parse_share("0.8") == 0.8);
  CHECK_FALSE(parse_share("80").has_value());
  CHECK_FALSE(parse_share("-1%").has_value());
  CHECK_FALSE(parse_share("8o%").has_value());
  CHECK_FALSE(parse_share("").has_value());
}

// SPDX-License-Identifier: Apache-2.0
#include "app/space_keeper.hpp"

#include <doctest/doctest.h>

#include "app/flows.hpp"
#include "temporary_folder.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

using Lines = std::vector<std::string>;

const RecordingPolicy policy{.rules = {{.name = "orders", .numbers = {"orders"}, .whole_call = true},
                                       {.name = "training", .numbers = {"training"}, .whole_call = true}}};

/// A center whose disk is as full as the test wants.
struct House {
  House() {
    center.serve("orders", flows.find("answer")(center, loop, {}));
    center.serve("training", flows.find("answer")(center, loop, {}));
    following = journal->follow(1, [this](const JournalEntry& entry) {
      if (entry.type == events::recording_space) told.push_back(entry.data.at("space").text());
      if (entry.type == events::recording_ended_for_space) told.push_back(entry.data.at("rule").text());
    });
  }
  SimParty call(const char* to) {
    return lines.call("sim:li", to, [](SimParty self) -> Task<> {
      co_await self.answered();
      co_await self.wait(10min);
    });
  }

  const TemporaryFolder folder;
  std::uint64_t free = 1000;
  SimLoop loop;
  Flows flows = built_in_flows();
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  Archive archive{
      loop,
      {.folder = folder.path(),
       .disk = {.warn = 500, .refuse = 300, .stop = 100, .free = [this](const std::string&) { return free; }},
       .worker = Worker::Mode::on_loop}};
  Center center{loop, *journal, *customers, CenterOptions{.recordings = folder.path(), .recording = policy}};
  SimDriver& lines = static_cast<SimDriver&>(center.add(std::make_unique<SimDriver>()));
  Lines told;
  Journal::Subscription following;
  SpaceKeeper keeper{loop, archive, center, *journal, rules_by_value(policy, {})};
};

}  // namespace

TEST_CASE("where the disk is full recordings of the least value end first, and the calls go on") {
  House house;
  const SimParty order = house.call("sim:orders"), lesson = house.call("sim:training");
  house.loop.run_for(1s);

  house.free = 250;
  house.loop.run_for(5s);
  CHECK(house.told == Lines{"scarce"});
  house.free = 50;
  house.loop.run_for(5s);
  CHECK(house.told == Lines{"scarce", "critical", "training"});
  house.loop.run_for(5s);
  CHECK(house.told == Lines{"scarce", "critical", "training", "orders"});
  house.loop.run_for(1min);

  CHECK(house.told.size() == 4);
  CHECK(order.live());
  CHECK(lesson.live());
}

TEST_CASE("as soon as there is space again the rest goes on being recorded") {
  House house;
  const SimParty order = house.call("sim:orders"), lesson = house.call("sim:training");
  house.loop.run_for(1s);

  house.free = 50;
  house.loop.run_for(5s);
  house.free = 1000;
  house.loop.run_for(1min);

  CHECK(house.told == Lines{"critical", "training", "plenty"});
}

TEST_CASE("the value of rules is their order, but for those that can be done without") {
  const RecordingPolicy three{.rules = {{.name = "a"}, {}, {.name = "c"}}};

  CHECK(rules_by_value(three, {.dispensable = {"a"}}) == Lines{"a", "", "c", "2"});
}

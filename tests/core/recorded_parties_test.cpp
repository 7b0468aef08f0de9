// SPDX-License-Identifier: Apache-2.0
#include "core/recorded_parties.hpp"

#include "core/tapped_world.hpp"
#include "vcsr/parties.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// Anna talks with 1001, and all of her call is recorded.
struct Desk : TappedWorld {
  Desk() {
    for (const char* user : {"1001", "1002"}) lines->set_phone(user, {.behavior = stays});
    Agent agent = center->add_agent({.id = "1001", .name = "Ines", .address = "sim:1001"});
    center->serve("8000", [this](Call arrived) -> Task<> {
      call = arrived;
      co_await arrived.answer();
      arrived.record();
      co_await arrived.dial("sim:1001");
      co_await arrived.talk();
      co_await arrived.ended();
    });
    customer = caller(stays);
    loop.run_for(5s);
  }

  void begin(Task<Reached> task) {
    operations.spawn(keep(std::move(task)));
    loop.run_for(5s);
  }
  static Task<> keep(Task<Reached> task) {
    const Reached reached = co_await std::move(task);
    CHECK(reached == Reached::answered);
  }
  const CountedRecording& recording() const { return *maker->made.at(0); }
  /// "Ines" who is heard and hears, "(Ines)" who hears only, "[Ines]" who does neither; the address without a
  /// name.
  static std::string text(const std::vector<RecordedParty>& parties) {
    std::string all;
    for (const RecordedParty& party : parties) {
      const std::string name = party.name.empty() ? party.address : party.name;
      all += all.empty() ? "" : " ";
      all += party.heard ? name : party.hears ? "(" + name + ")" : "[" + name + "]";
    }
    return all;
  }
  /// Since the last time.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    for (; known < recording().told.size(); ++known) all.push_back(text(recording().told[known]));
    return all;
  }

  std::optional<Call> call;
  std::optional<SimParty> customer;
  std::size_t known = 0;
  Scope operations{loop, [](std::exception_ptr) {}};
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a recording of a whole call begins with the number that was dialled, and is told who answers") {
  Desk desk;

  CHECK(desk.recording().options.call.party == "sim:8000");
  CHECK(desk.told() == Texts{"Ines"});
  CHECK(desk.recording().told[0][0].address == "sim:1001");
}

TEST_CASE("hold, retrieval and mute are told as who hears and is heard") {
  Desk desk;
  desk.told();
  Parties parties = desk.call->parties();

  parties.hold();
  CHECK(desk.told() == Texts{"[Ines]"});
  parties.retrieve();
  CHECK(desk.told() == Texts{"Ines"});
  parties.mute(2);
  CHECK(desk.told() == Texts{"(Ines)"});
}

TEST_CASE("who is consulted takes part once the customer is handed over") {
  Desk desk;
  desk.told();
  Parties parties = desk.call->parties();

  desk.begin(parties.consult("sim:1002"));
  CHECK(desk.told() == Texts{"[Ines]"});
  parties.complete();

  CHECK(desk.told().back() == "sim:1002");
}

TEST_CASE("a third party joins and leaves") {
  Desk desk;
  desk.told();
  Parties parties = desk.call->parties();

  desk.begin(parties.add("sim:1002"));
  CHECK(desk.told() == Texts{"Ines sim:1002"});
  parties.drop(3);

  CHECK(desk.told() == Texts{"Ines"});
}

TEST_CASE(
    "when the party has left the number stands for whoever speaks, and the end of the call tells nothing") {
  Desk desk;
  desk.told();

  desk.call->hang_up_party();
  CHECK(desk.told() == Texts{"sim:8000"});
  desk.customer->hang_up();
  desk.loop.run_for(5s);

  CHECK(desk.told().empty());
}

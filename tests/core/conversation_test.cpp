// SPDX-License-Identifier: Apache-2.0
// Whatever is done in whatever order: the figures of a contact agree, and nobody is left over.
#include "core/conversation.hpp"

#include "core/desk_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// One operation of an agent's desk or of somebody's phone, drawn by lot; what the state refuses is no harm.
void draw(DeskWorld& world) {
  const auto lot = [&world](std::uint64_t sides) { return world.loop.random() % sides; };
  const std::vector<std::string> users = {"1001", "1002", "1003", "busy", "away"};
  const Address to("sim:" + users[lot(users.size())]);
  const DialPartyOptions soon{.ring_time = std::chrono::seconds(lot(8))};
  Parties parties = world.call->parties();
  const int leg = static_cast<int>(lot(6)) + 1;
  try {
    switch (lot(16)) {
      case 0: return parties.hold(leg);
      case 1: return parties.retrieve(leg);
      case 2: return parties.mute(leg, lot(2) == 0);
      case 3: return world.begin(parties.consult(to, soon));
      case 4: return parties.alternate();
      case 5: return parties.complete();
      case 6: return parties.reconnect();
      case 7: return parties.join();
      case 8: return world.begin(parties.add(to, soon));
      case 9: return parties.drop(leg);
      case 10: return world.begin(parties.pass_on(to, soon));
      case 11: return world.begin(parties.supervise(to, Supervision(lot(3)), soon));
      case 12: return parties.supervise(leg, Supervision(lot(3)));
      case 13: return parties.take_over(leg);
      default: break;
    }
    const auto phone = world.phones.find(users[lot(3)]);
    if (phone == world.phones.end()) return;
    if (lot(3) == 0) phone->second.hang_up();
    else if (lot(2) == 0) phone->second.hold(lot(2) == 0);
    else phone->second.ask_transfer(to);
  } catch (const Error&) {
  } catch (const Hangup&) {
  }
}

}  // namespace

TEST_CASE("after any operations of desk and phones the legs' times add up to the contact's") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    DeskWorld world({.music = "music"}, seed);
    for (int step = 0; step < 40; ++step) {
      draw(world);
      world.loop.run_for(std::chrono::milliseconds(world.loop.random() % 4000));
    }
    world.anna->hang_up();
    world.loop.run_for(1h);

    check_sums(world.record());
    CHECK(world.center.calls() == 0);
    for (auto& [user, phone] : world.phones) CHECK_FALSE(phone.live());
    CHECK(world.entries(events::leg_offered).size() + 1 == world.entries(events::leg_ended).size());
    CHECK(world.entries(events::contact_connected).size() ==
          world.entries(events::contact_disconnected).size());
  }
}

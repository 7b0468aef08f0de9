// SPDX-License-Identifier: Apache-2.0
// What users of other systems complain of when there is much of everything: each is named by the thread in
// which they do. What is counted are the events of the loop and of the journal, not time.
#include "core/chat_desk.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// A desk beside many queues and agents with whom it has nothing to do.
struct CrowdedDesk : ChatDesk {
  explicit CrowdedDesk(int others) {
    for (int i = 0; i < others; ++i) {
      const std::string number = std::to_string(i);
      Queue other = center.add_queue({.name = "queue " + number});
      Agent idle = center.add_agent({.id = "idle " + number, .name = {}, .address = {}});
      other.add(idle);
      idle.log_in();
      idle.set_ready();
      idle_queues.push_back(other);
    }
  }

  struct Work {
    std::uint64_t steps, entries;
    bool operator==(const Work&) const = default;
  };
  Work done() const { return {loop.steps(), journal->last()}; }

  std::vector<Queue> idle_queues;
};

/// What a chat costs from its arrival until its agent is ready again.
CrowdedDesk::Work work_for_a_chat(int others) {
  CrowdedDesk world(others);
  Agent agent = world.chatter("1001");
  const CrowdedDesk::Work before = world.done();
  const Contact chat = world.write("sim:anna");
  agent.accept(chat.id());
  world.loop.run_for(1min);
  agent.finish(chat.id());
  world.loop.run_for(10s);
  CHECK(chat.outcome() == Outcome::served);
  const CrowdedDesk::Work after = world.done();
  return {after.steps - before.steps, after.entries - before.entries};
}

}  // namespace

TEST_CASE("asterisk/asterisk#1972: what changes with one agent is no event for all queues and members") {
  const CrowdedDesk::Work alone = work_for_a_chat(0), among_thousands = work_for_a_chat(3'000);

  CHECK(alone.entries > 0);
  CHECK(among_thousands == alone);
}

TEST_CASE(
    "asterisk/asterisk#1214, #1215: to ask thousands of queues for their figures leaves nothing to be done") {
  CrowdedDesk world(3'000);
  const CrowdedDesk::Work before = world.done();

  std::size_t waiting = 0;
  for (const Queue& queue : world.idle_queues) waiting += queue.report().waiting;
  world.loop.run_for(1s);

  CHECK(waiting == 0);
  CHECK(world.done() == before);
}

// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/stack_event.hpp"

#include <doctest/doctest.h>

#include "vcsr/sim/sim_loop.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace std::chrono_literals;

namespace {

struct Received {
  CallId call;
  Duration at;
  bool operator==(const Received&) const = default;
};

/// An outbox whose events are written down with the time at which they came.
struct Receiver {
  std::vector<Received> events;
  SimLoop loop;
  std::shared_ptr<EventOutbox> outbox = std::make_shared<EventOutbox>(loop, [this](StackEvent& event) {
    events.push_back({event.call, loop.now().time_since_epoch()});
  });

  void put(CallId call) { outbox->put({StackEvent::Kind::ringing, call}); }
};

}  // namespace

TEST_CASE("the first event is received at once, those behind it together and in their order") {
  Receiver receiver;

  receiver.put(1);
  receiver.loop.run_for(1ms);
  receiver.put(2);
  receiver.put(3);
  receiver.loop.run();

  CHECK(receiver.events == std::vector<Received>{{1, 0ms}, {2, 4ms}, {3, 4ms}});
}

TEST_CASE("an event after a pause is received at once again") {
  Receiver receiver;

  receiver.put(1);
  receiver.loop.run_for(1s);
  receiver.put(2);
  receiver.loop.run();

  CHECK(receiver.events == std::vector<Received>{{1, 0ms}, {2, 1s}});
}

TEST_CASE("a closed outbox receives nothing, and the loop comes to rest") {
  Receiver receiver;

  receiver.put(1);
  receiver.outbox->close();
  receiver.put(2);
  receiver.loop.run();

  CHECK(receiver.events.empty());
}

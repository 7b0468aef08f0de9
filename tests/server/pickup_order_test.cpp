// SPDX-License-Identifier: Apache-2.0
#include "server/pickup_order.hpp"

#include <doctest/doctest.h>

#include "server/parties_order.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

CenterOptions with_slots() {
  CenterOptions options;
  options.parking.slots = {"701", "702"};
  return options;
}

/// Anna is offered to agent 1001; 1002 is of the same queue.
struct Desktop {
  Desktop() {
    auto made = std::make_unique<SimDriver>(SimOptions{});
    lines = made.get();
    center.add(std::move(made));
    Queue queue = center.add_queue({.name = "service"});
    for (const char* id : {"1001", "1002"}) {
      lines->set_phone(id, {.rings = 5s});
      Agent agent = center.add_agent({.id = id, .name = id, .address = std::string("sim:") + id});
      queue.add(agent);
      agent.log_in();
    }
    center.agent("1001").set_ready();
    center.serve("8000", [this](Call call) -> Task<> {
      contact = call.id();
      co_await call.answer();
      Queue line = center.queue("service");
      co_await line.serve(call, Reason("asked"));
    });
    lines->call("sim:anna", "sim:8000", [](SimParty caller) -> Task<> { co_await caller.ended(); });
    loop.run_for(1s);
  }

  std::string fault(const std::string& json) {
    try {
      return order_pickup(center, json, work);
    } catch (const Error& error) {
      return error.what();
    }
  }

  SimLoop loop;
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  Center center{loop, *journal, *customers, with_slots()};
  SimDriver* lines = nullptr;
  std::string contact;
  Scope work{loop};
};

}  // namespace

TEST_CASE("a desktop parks a customer, and another picks her up by the slot") {
  Desktop desktop;
  desktop.loop.run_for(10s);

  const std::string parked =
      order_parties(desktop.center, desktop.contact, R"({"do": "park", "slot": "702"})", desktop.work);
  CHECK(parked.find(R"("parked":"702")") != std::string::npos);
  const std::string list = to_json(list_parked(desktop.center));
  CHECK(list.find(R"("agent":"1001","by":"sim:1001","contact":")" + desktop.contact) != std::string::npos);
  CHECK(list.find(R"("slot":"702")") != std::string::npos);

  CHECK(order_pickup(desktop.center, R"({"agent": "1002", "slot": "702"})", desktop.work) ==
        R"({"contact":")" + desktop.contact + R"("})");
  desktop.loop.run_for(10s);

  CHECK(desktop.center.parked().empty());
  CHECK(desktop.center.agent("1002").state() == AgentState::busy);
}

TEST_CASE("a desktop picks up what rings at a colleague's") {
  Desktop desktop;

  desktop.lines->set_phone("1002", {.rings = 1s});
  order_pickup(desktop.center, R"({"agent": "1002", "from": "1001"})", desktop.work);
  desktop.loop.run_for(10s);

  CHECK(desktop.center.agent("1001").state() == AgentState::ready);
  CHECK(desktop.center.agent("1002").state() == AgentState::busy);
}

TEST_CASE("a desktop is told why nothing can be picked up") {
  Desktop desktop;
  const std::pair<const char*, const char*> faults[] = {
      {"", "expected JSON"},
      {R"({"slot": "701"})", "agent: expected the id"},
      {R"({"agent": "1002"})", "expected either slot"},
      {R"({"agent": "1002", "slot": "701", "from": "1001"})", "expected either slot"},
      {R"({"agent": "1002", "slot": "701"})", "nobody is parked in slot '701'"},
      {R"({"agent": "1002", "slot": "9"})", "there are: 701, 702"},
      {R"({"agent": "7", "slot": "701"})", "there is no agent '7'"},
      {R"({"agent": "1001", "from": "1002"})", "no call rings at agent 1002"},
      {R"({"agent": "1001", "from": "1001"})", "rings at agent 1001 already"},
      {R"({"who": "1001"})", "who: there is no such field"}};

  for (const auto& fault : faults) {
    const auto &json = fault.first, &why = fault.second;
    CAPTURE(json);
    CHECK(desktop.fault(json).find(why) != std::string::npos);
  }
  CHECK_THROWS_WITH_AS(order_parties(desktop.center, desktop.contact, R"({"do": "pick_up"})", desktop.work),
                       doctest::Contains("agent: expected"), Error);
}

// SPDX-License-Identifier: Apache-2.0
#include "server/parties_order.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

/// Anna talks with 1001.
struct Desktop {
  Desktop() {
    auto made = std::make_unique<SimDriver>(SimOptions{});
    SimDriver& lines = *made;
    center.add(std::move(made));
    for (const char* user : {"1001", "1002", "1003"}) lines.set_phone(user, {});
    center.serve("8000", [this](Call call) -> Task<> {
      contact = call.id();
      co_await call.answer();
      co_await call.dial("sim:1001");
      co_await call.talk();
    });
    lines.call("sim:anna", "sim:8000", [](SimParty caller) -> Task<> { co_await caller.ended(); });
    loop.run_for(5s);
  }

  std::string order(const std::string& json) {
    std::string legs = order_parties(center, contact, json, work);
    loop.run_for(5s);
    return legs;
  }
  bool shows(const std::string& part) { return order("").find(part) != std::string::npos; }
  std::string fault(const std::string& json) {
    try {
      return order(json);
    } catch (const Error& error) {
      return error.what();
    }
  }

  SimLoop loop;
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  Center center{loop, *journal, *customers};
  std::string contact;
  Scope work{loop};
};

}  // namespace

TEST_CASE("a desktop holds, consults and transfers") {
  Desktop desktop;
  CHECK(desktop.shows(R"("in_charge":true,"leg":2)"));

  desktop.order(R"({"do": "hold"})");
  CHECK(desktop.shows(R"("role":"customer","state":"hold")"));
  desktop.order(R"({"do": "retrieve"})");
  CHECK(desktop.shows(R"("role":"customer","state":"connected")"));
  desktop.order(R"({"do": "consult", "to": "sim:1002"})");
  CHECK(desktop.shows(R"("role":"consulted","state":"connected")"));
  desktop.order(R"({"do": "complete"})");
  CHECK(desktop.shows(R"("in_charge":true,"leg":3)"));
}

TEST_CASE("a desktop supervises") {
  Desktop desktop;

  desktop.order(R"({"do": "supervise", "to": "sim:1003", "mode": "whisper"})");
  CHECK(desktop.shows(R"("mode":"whisper")"));
  desktop.order(R"({"do": "supervise", "leg": 3, "mode": "barge"})");
  CHECK(desktop.shows(R"("mode":"barge")"));
  desktop.order(R"({"do": "take_over", "leg": 3})");
  CHECK(desktop.shows(R"("in_charge":true,"leg":3)"));
}

TEST_CASE("a desktop is told what it did wrong") {
  Desktop desktop;
  const std::pair<const char*, const char*> faults[] = {
      {R"({"do": "fly"})", "there is no \"fly\"; there are: add, alternate"},
      {R"({"do": "consult"})", "to: expected an address"},
      {R"({"do": "drop"})", "leg: expected the number"},
      {R"({"do": "drop", "leg": "two"})", "leg: expected the number"},
      {R"({"do": "drop", "leg": 9})", "no party at leg 9"},
      {R"({"do": "complete"})", "nobody is consulted"},
      {R"({"do": "supervise", "to": "sim:1003", "mode": "shout"})", "mode: expected"},
      {R"({"who": 1})", "who: there is no such field"},
      {"[]", "expected JSON"}};

  for (const auto& fault : faults) {
    const auto &json = fault.first, &why = fault.second;
    CAPTURE(json);
    CHECK(desktop.fault(json).find(why) != std::string::npos);
  }
  desktop.order(R"({"do": "consult", "to": "sim:1002"})");
  CHECK(desktop.fault(R"({"do": "consult", "to": "sim:1003"})").find("being consulted already") !=
        std::string::npos);
  CHECK_THROWS_WITH_AS(order_parties(desktop.center, "nobody", "", desktop.work),
                       "there is no open call nobody", Error);
}

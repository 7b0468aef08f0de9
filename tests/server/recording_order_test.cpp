// SPDX-License-Identifier: Apache-2.0
#include "server/recording_order.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

/// One call to 8000, which is recorded or not.
struct Desktop {
  explicit Desktop(bool record) {
    auto made = std::make_unique<SimDriver>(SimOptions{});
    SimDriver& lines = *made;
    center.add(std::move(made));
    center.serve("8000", [this, record](Call call) -> Task<> {
      contact = call.id();
      co_await call.answer();
      if (record) call.record();
      co_await call.ended();
    });
    lines.call("sim:anna", "sim:8000", [](SimParty caller) -> Task<> { co_await caller.wait(1min); });
    loop.run_for(1s);
  }

  std::string order(const std::string& json) { return order_recording(center, contact, json); }
  bool says(const std::string& json, const std::string& part) {
    return order(json).find(part) != std::string::npos;
  }

  SimLoop loop;
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  Center center{loop, *journal, *customers, CenterOptions{.recordings = "recordings"}};
  std::string contact;
};

}  // namespace

TEST_CASE("a desktop pauses, resumes and ends the recording of a call") {
  Desktop desktop(true);

  CHECK(desktop.says("", R"("paused":false)"));
  CHECK(desktop.says(R"({"do": "pause", "reason": "card payment"})", R"("paused":true)"));
  CHECK(desktop.says(R"({"do": "resume"})", R"("paused":false)"));
  CHECK(desktop.says(R"({"do": "stop"})", R"("running":false)"));
  desktop.loop.run();

  CHECK_THROWS_WITH_AS(desktop.order(""), ("there is no open call " + desktop.contact).c_str(), Error);
}

TEST_CASE("a desktop is told why it cannot have what it wants") {
  Desktop desktop(false);
  const std::pair<const char*, const char*> faults[] = {
      {R"({"do": "pause"})", "nothing is recorded of this call just now"},
      {R"({"do": "start"})", "this call must not be recorded: no rule was applied to it yet"},
      {R"({"do": "erase"})", "do: expected \"start\", \"stop\", \"pause\", \"resume\" or \"withdraw\""},
      {R"({"what": "pause"})", "what: there is no such field; there are: do, reason"},
      {"[]", R"(expected JSON: {"do": "pause", "reason": "card payment"})"},
  };

  for (const auto& [json, fault] : faults) CHECK_THROWS_WITH_AS(desktop.order(json), fault, Error);
}

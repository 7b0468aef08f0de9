// SPDX-License-Identifier: Apache-2.0
#include "app/out_of_hours.hpp"

#include <doctest/doctest.h>

#include "app/flows.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

/// An office in Shanghai that answers from nine to six; virtual time begins a minute before it opens.
struct Office {
  Office() {
    center.add_mailbox({.name = "service", .review = false});
    OpeningHours hours;
    hours.open("Mon-Fri 09:00-18:00");
    hours.set_zone(TimeZone::named("Asia/Shanghai"));
    const Dialogue answer = built_in_flows().find("answer")(center, loop, {});
    center.serve("100", out_of_hours(loop, hours, center.mailbox("service"), answer));
  }

  std::size_t messages() const { return center.mailbox("service").messages().size(); }
  SimParty call() {
    return lines.call("sim:li", "sim:100", [](SimParty self) -> Task<> {
      co_await self.answered();
      co_await self.wait(20s);
    });
  }

  SimLoop loop{1, parse_wall_time("2026-11-23T00:59:00.000Z")};
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  Center center{loop, *journal, *customers, CenterOptions{.recordings = "recordings"}};
  SimDriver& lines = static_cast<SimDriver&>(center.add(std::make_unique<SimDriver>()));
};

}  // namespace

TEST_CASE("who calls a minute before the office opens leaves a message, who calls as it opens is served") {
  Office office;

  SimParty early = office.call();
  office.loop.run_until(office.loop.now() + 60s);
  CHECK(office.messages() == 1);
  SimParty punctual = office.call();
  office.loop.run();

  CHECK(office.messages() == 1);
  CHECK_FALSE(early.heard().empty());
  CHECK(punctual.heard().empty());
  CHECK(office.center.mailbox("service").messages().at(0).from.user() == "li");
}

TEST_CASE("who calls as the office closes leaves a message; who calls before stays") {
  Office office;
  office.loop.run_until(office.loop.now() + 9h + 59s);

  SimParty late = office.call();
  office.loop.run_until(office.loop.now() + 1s);
  office.call();
  office.loop.run();

  CHECK(late.heard().empty());
  CHECK(office.messages() == 1);
}

}  // namespace vcsr

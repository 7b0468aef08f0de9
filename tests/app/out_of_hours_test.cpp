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
    hours.set_zone("Asia/Shanghai");
    const Dialogue answer = built_in_flows().find("answer")(center, loop, {});
    center.serve("100", out_of_hours(loop, hours, {.mailbox = center.mailbox("service")}, answer));
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

TEST_CASE("who calls out of hours hears when somebody is there again, in her language") {
  Office office;
  OpeningHours hours;
  hours.open("Mon-Fri 09:00-18:00");
  const Dialogue answer = built_in_flows().find("answer")(office.center, office.loop, {});
  office.center.serve("200",
                      out_of_hours(office.loop, hours, {.prompt = "closed", .tells_opening = true}, answer));
  office.center.serve("201", [&](Call call) -> Task<> {
    call.contact().set_language("zh");
    return out_of_hours(office.loop, hours, {.tells_opening = true}, answer)(call);
  });

  const auto listen = [](SimParty self) -> Task<> {
    co_await self.answered();
    co_await self.wait(20s);
  };
  SimParty english = office.lines.call("sim:li", "sim:200", listen);
  SimParty chinese = office.lines.call("sim:wang", "sim:201", listen);
  office.loop.run();

  REQUIRE(english.heard().size() == 2);
  CHECK(english.heard()[0] == "[closed]");
  CHECK(english.heard()[1] == "We open again today at nine a.m.");
  REQUIRE(chinese.heard().size() == 1);
  CHECK(chinese.heard()[0] == "我们将于今天上午九点恢复服务。");
  CHECK(office.messages() == 0);
}

TEST_CASE("the next opening is said as today, tomorrow or by its date, and not at all when there is none") {
  OpeningHours hours;
  hours.open("Mon 09:00-18:00");
  hours.open("Wed 07:30-12:00");
  const auto said = [&hours](const char* now) {
    return next_opening_in_words(hours, parse_wall_time(now), "en-US");
  };

  CHECK(said("2026-11-23T08:00:00.000Z") == "We open again today at nine a.m.");
  CHECK(said("2026-11-22T23:00:00.000Z") == "We open again tomorrow at nine a.m.");
  CHECK(said("2026-11-23T19:00:00.000Z") ==
        "We open again on November twenty-fifth, twenty twenty-six at seven thirty a.m.");
  CHECK(next_opening_in_words(OpeningHours(), parse_wall_time("2026-11-23T19:00:00.000Z"), "en").empty());
}

}  // namespace vcsr

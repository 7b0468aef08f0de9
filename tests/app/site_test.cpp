// SPDX-License-Identifier: Apache-2.0
#include "app/site.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "held_journal.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

/// A configuration on any free port, with its data in a folder that is gone afterwards.
struct Ground {
  explicit Ground(const char* name) : folder((std::filesystem::temp_directory_path() / name).string()) {
    std::filesystem::remove_all(folder);
  }
  ~Ground() { std::filesystem::remove_all(folder); }

  Config config(const std::string& more = "[sip]\nport = 0") const {
    return parse_config("[voice]\nsynthesizer = \"none\"\n" + more, "bank.toml", folder);
  }
  /// What the task threw; "" when it came to its end.
  std::string run(Task<> task) {
    std::string fault;
    Scope scope(loop);
    scope.spawn(watch(std::move(task), fault));
    loop.run();
    return fault;
  }
  Task<> watch(Task<> task, std::string& fault) {
    try {
      std::optional<std::monostate> done = co_await within(loop, 20s, std::move(task));
      if (!done) fault = "did not end within 20 s";
    } catch (const Error& error) {
      fault = error.what();
    }
    loop.stop();
  }

  std::string folder;
  AsioLoop loop;
};

Task<> start(Site& site) { co_await site.start(); }

}  // namespace

TEST_CASE("a site listens, and stops with everything durable") {
  Ground ground("vcsr-site");
  Config config = ground.config(
      "[sip]\nport = 0\n[[queue]]\nname = \"service\"\n[[agent]]\nid = \"1001\"\nqueues = "
      "[\"service\"]\n[[number]]\ndial = \"1\"\nflow = \"answer\"");
  Site site(ground.loop, config, built_in_flows(), open_stores(ground.loop, config.data, {}));

  CHECK(ground.run(start(site)) == "");
  CHECK(site.sip_port() != 0);
  CHECK(site.center().queues().size() == 1);
  CHECK(site.center().agent("1001").state() == AgentState::logged_out);
  CHECK(ground.run(site.stop()) == "");

  CHECK(site.board().number() == site.journal().last());
  CHECK(std::filesystem::exists(config.data + "/journal.db"));
  CHECK(std::filesystem::exists(config.data + "/center.db"));
}

TEST_CASE("an agent without a desk is ready when the center starts, but not one who was on a break") {
  Ground ground("vcsr-site-shifts");
  const Config config = ground.config(
      "[sip]\nport = 0\n[[agent]]\nid = \"1001\"\nfollows_phone = false\nready_at_start = true\n"
      "[[agent]]\nid = \"1002\"\nfollows_phone = false\nready_at_start = true");
  {
    Site earlier(ground.loop, config, built_in_flows(), open_stores(ground.loop, config.data, {}));
    REQUIRE(ground.run(start(earlier)) == "");
    earlier.center().agent("1002").set_not_ready("lunch");
    REQUIRE(ground.run(earlier.stop()) == "");
  }
  Site site(ground.loop, config, built_in_flows(), open_stores(ground.loop, config.data, {}));

  REQUIRE(ground.run(start(site)) == "");

  CHECK(site.center().agent("1001").state() == AgentState::ready);
  CHECK(site.center().agent("1002").state() == AgentState::not_ready);
  CHECK(site.center().agent("1002").reason() == "lunch");
  CHECK(ground.run(site.stop()) == "");
}

TEST_CASE("what is wrong with the journal is among a site's troubles") {
  Ground ground("vcsr-site-trouble");
  SimLoop loop;
  Stores stores = open_memory_stores(loop);
  Site well(loop, ground.config(), built_in_flows(), open_memory_stores(loop));
  auto journal = std::make_unique<testing::HeldJournal>(loop);
  journal->trouble_text = "journal: the disk is full";
  stores.journal = std::move(journal);
  Site troubled(loop, ground.config(), built_in_flows(), std::move(stores));

  CHECK(well.troubles().empty());
  CHECK(troubled.troubles() == std::vector<std::string>{"journal: the disk is full"});
}

TEST_CASE("two centers on one data folder: the second is told who is there and what to change") {
  Ground ground("vcsr-site-data");
  const Config config = ground.config();
  const Stores first = open_stores(ground.loop, config.data, {});

  CHECK_THROWS_WITH_AS(open_stores(ground.loop, config.data, {}),
                       doctest::Contains(("another center works on the data folder " + config.data +
                                          ": stop it, or set center.data to another folder (journal")
                                             .c_str()),
                       Error);
}

TEST_CASE("two centers on one port: the second names the port and takes nothing") {
  Ground ground("vcsr-site-port");
  Site first(ground.loop, ground.config(), built_in_flows(), open_memory_stores(ground.loop));
  REQUIRE(ground.run(start(first)) == "");
  const std::string port = std::to_string(first.sip_port());
  Site second(ground.loop, ground.config("[sip]\nport = " + port), built_in_flows(),
              open_memory_stores(ground.loop));

  const std::string fault = ground.run(start(second));

  CHECK(fault.find("127.0.0.1:" + port) != std::string::npos);
  CHECK(fault.find("in use") != std::string::npos);
  CHECK(second.sip_port() == 0);
}

TEST_CASE("a center that was killed closes its contacts when it starts again") {
  Ground ground("vcsr-site-recover");
  const Config config = ground.config();
  {
    const Stores stores = open_stores(ground.loop, config.data, {});
    stores.journal->append(
        events::contact_arrived, "c1",
        {{"channel", "voice"}, {"from", "sip:138"}, {"to", "sip:6000"}, {"direction", "in"}});
    CHECK(ground.run(stores.journal->durable()) == "");
  }
  Site site(ground.loop, config, built_in_flows(), open_stores(ground.loop, config.data, {}));

  CHECK(ground.run(start(site)) == "");
  CHECK(ground.run(site.stop()) == "");

  const Value snapshot = site.board().snapshot();
  CHECK(to_json(snapshot.get_if<Value::Map>()->at("totals")) ==
        R"({"arrived":0,"open":0,"outcomes":{"interrupted":1}})");
}

TEST_CASE("a number's faults name file, line and number") {
  Ground ground("vcsr-site-flow");
  SimLoop loop;
  const auto build = [&](const char* more) {
    Site site(loop, ground.config(more), built_in_flows(), open_memory_stores(loop));
  };

  CHECK_THROWS_WITH_AS(build("[[number]]\ndial = \"1\"\nflow = \"bnak\""),
                       "bank.toml:5: number.flow: there is no flow \"bnak\"; there are: answer, extension, "
                       "ivr, mailbox, queue, voicemail",
                       Error);
  CHECK_THROWS_WITH_AS(build("[[number]]\ndial = \"1\"\nflow = \"answer\"\nspeed = 1"),
                       "bank.toml:5: number \"1\": unknown setting \"speed\"", Error);
}

TEST_CASE("a data folder that cannot be made is named with the remedy") {
  SimLoop loop;

  CHECK_THROWS_WITH_AS(open_stores(loop, "/proc/vcsr", {}),
                       doctest::Contains("set center.data to a folder this user may write"), Error);
}

TEST_CASE("agents of a lower level in the queue are chosen first") {
  SimLoop loop;
  const char* config =
      "[voice]\nsynthesizer = \"none\"\n[[queue]]\nname = \"service\"\n"
      "[[agent]]\nid = \"1001\"\nfollows_phone = false\nqueues = [\"service\"]\nlevels = { service = 1 }\n"
      "[[agent]]\nid = \"1002\"\nfollows_phone = false\nqueues = [\"service\"]\n";
  Site site(loop, parse_config(config, "bank.toml", "."), built_in_flows(), open_memory_stores(loop));
  for (Agent agent : site.center().agents()) {
    agent.log_in();
    agent.set_ready();
    loop.run_for(1s);
  }

  Scope scope(loop);
  Contact contact = site.center().open({});
  auto serve = [](Queue queue, Contact one) -> Task<> { co_await queue.serve(one); };
  scope.spawn(serve(site.center().queue("service"), contact));
  loop.run_for(0s);

  CHECK(site.center().queue("service").explain(contact.id()).offered_to == std::vector<std::string>{"1002"});
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "app/flows.hpp"

#include <doctest/doctest.h>

#include "vcsr/drivers/sim.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

/// A center in virtual time with the built-in flows.
struct House {
  House() {
    center.add_queue({.name = "service", .wrap_up = 0s});
    center.add_mailbox({.name = "sales", .phone = "sim:1001"});
  }

  void serve(const char* number, const char* flow, Facts settings) {
    center.serve(number, flows.find(flow)(center, loop, settings));
  }
  std::string outcome_of(const std::string& type, const char* key) {
    Task<std::vector<JournalEntry>> reading = journal->read(1, 1000);
    reading.start();
    loop.run();
    std::string found;
    for (const JournalEntry& entry : reading.result())
      if (entry.type == type) found = entry.data.at(key).text();
    return found;
  }
  std::string fault_of(const char* flow, Facts settings) {
    try {
      serve("1", flow, std::move(settings));
    } catch (const Error& error) {
      return error.what();
    }
    return "no fault";
  }

  SimLoop loop;
  Flows flows = built_in_flows();
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  Center center{loop, *journal, *customers, CenterOptions{.recordings = "recordings"}};
  SimDriver& lines = static_cast<SimDriver&>(center.add(std::make_unique<SimDriver>()));
};

}  // namespace

TEST_CASE("the flow answer answers and waits until the caller leaves") {
  House house;
  house.serve("s1", "answer", {});
  SimParty caller = house.lines.call("sim:li", "sim:s1", [](SimParty self) -> Task<> {
    co_await self.answered();
    co_await self.wait(90s);
  });

  house.loop.run();

  CHECK_FALSE(caller.live());
  CHECK(house.center.calls() == 0);
  CHECK(house.outcome_of("contact.closed", "length") == "90.0");
}

TEST_CASE("the flow ivr repeats its prompt and keeps the last digit") {
  House house;
  house.serve("s2", "ivr", {{"words", "Press a key."}});
  SimParty caller = house.lines.call("sim:li", "sim:s2", [](SimParty self) -> Task<> {
    co_await self.answered();
    co_await self.wait(10s);
    self.press("7");
    co_await self.wait(2s);
  });

  house.loop.run();

  CHECK(caller.heard().size() >= 3);
  CHECK(caller.heard().back() == "Press a key.");
  CHECK(house.outcome_of("contact.collected", "value") == "7");
}

TEST_CASE("the flow queue leads to an agent") {
  House house;
  house.serve("100", "queue", {{"queue", "service"}, {"reason", "a card is lost"}});
  Agent anna = house.center.add_agent({.id = "1001", .name = "Anna", .address = "sim:1001"});
  house.center.queue("service").add(anna);
  house.lines.set_phone("1001", {});
  anna.log_in();
  anna.set_ready();
  house.lines.call("sim:li", "sim:100", [](SimParty self) -> Task<> {
    co_await self.connected();
    co_await self.wait(30s);
  });

  house.loop.run();

  CHECK(house.outcome_of("contact.closed", "outcome") == "served");
  CHECK(house.outcome_of("contact.closed", "agent") == "1001");
  CHECK(house.outcome_of("contact.reason", "reason") == "a card is lost");
}

TEST_CASE("the flow queue excuses itself when patience is over") {
  House house;
  house.serve("100", "queue", {{"queue", "service"}, {"patience", "30s"}, {"sorry", "all-busy"}});
  SimParty caller =
      house.lines.call("sim:li", "sim:100", [](SimParty self) -> Task<> { co_await self.ended(); });

  house.loop.run();

  REQUIRE_FALSE(caller.heard().empty());
  CHECK(caller.heard().back() == "[all-busy]");
}

namespace {

/// Leaves a message of 5 s when asked to; presses this key before.
SimBehavior leaves_message(std::string key = "") {
  return [key](SimParty self) -> Task<> {
    co_await self.answered();
    co_await self.wait(10s);
    if (!key.empty()) self.press(key);
    co_await self.hears("leave a message");
    co_await self.hears_out();
    co_await self.wait(5s);
    self.press("#");
    co_await self.hears("keep your message");
    self.press("1");
    co_await self.ended();
  };
}

}  // namespace

TEST_CASE("who gets no agent leaves a message: patience is over, or by choice") {
  House house;
  std::string key;
  SUBCASE("patience") {
    house.serve("100", "queue", {{"queue", "service"}, {"patience", "30s"}, {"mailbox", "sales"}});
  }
  SUBCASE("choice") {
    key = "1";
    house.serve("100", "queue", {{"queue", "service"}, {"mailbox", "sales"}, {"mailbox_key", "1"}});
  }

  house.lines.call("sim:li", "sim:100", leaves_message(key));
  house.loop.run();

  CHECK(house.center.mailbox("sales").messages().size() == 1);
  CHECK(house.center.queue("service").report().timed_out == (key.empty() ? 1 : 0));
  CHECK(house.center.queue("service").report().abandoned == (key.empty() ? 0 : 1));
  CHECK(house.outcome_of("contact.closed", "outcome") == "self_served");
}

TEST_CASE("the flow extension rings a telephone, and takes a message where nobody answers") {
  House house;
  house.serve("1001", "extension", {{"to", "sim:anna"}, {"ring_time", "15s"}, {"mailbox", "sales"}});
  SimPhone phone;
  std::size_t messages = 1;
  SUBCASE("nobody comes") { phone.reaction = SimPhone::Reaction::rings_on; }
  SUBCASE("busy") { phone.reaction = SimPhone::Reaction::busy; }
  SUBCASE("answered") {
    phone.behavior = [](SimParty party) -> Task<> { co_await party.wait(20s); };
    messages = 0;
  }
  house.lines.set_phone("anna", phone);

  house.lines.call("sim:li", "sim:1001", leaves_message());
  house.loop.run();

  CHECK(house.center.mailbox("sales").messages().size() == messages);
}

TEST_CASE("the flows voicemail and mailbox take and play messages") {
  House house;
  house.serve("200", "voicemail", {{"mailbox", "sales"}, {"reason", "closed at night"}});
  house.serve("201", "mailbox", {{"mailbox", "sales"}});

  house.lines.call("sim:li", "sim:200", leaves_message());
  house.loop.run();
  house.lines.set_phone("1001", {});
  SimParty owner = house.lines.call("sim:1001", "sim:201", [](SimParty self) { return self.ended(); });
  house.loop.run();

  CHECK(house.outcome_of("voicemail.left", "reason") == "closed at night");
  CHECK(house.center.mailbox("sales").messages().at(0).heard);
  REQUIRE(owner.heard().size() > 1);
  CHECK(owner.heard().front() == "New messages: 1. Old messages: 0.");
}

TEST_CASE("flows that need a mailbox say which there are") {
  House house;

  CHECK(house.fault_of("voicemail", {{"mailbox", "x"}}) == "there is no mailbox 'x'; there are: sales");
  CHECK(house.fault_of("queue", {{"queue", "service"}, {"mailbox_key", "1"}}) ==
        "mailbox_key: expected one key such as \"1\" beside mailbox, got \"1\"");
  CHECK(house.fault_of("extension", {{"to", "anna"}, {"mailbox", "sales"}}) ==
        "to: expected an address such as \"sip:1001\", got \"anna\"");
}

TEST_CASE("settings that a flow cannot take are refused by name") {
  House house;

  CHECK(house.fault_of("answer", {{"record", true}}) == "unknown setting \"record\"");
  CHECK(house.fault_of("ivr", {{"promt", "a"}}) == "unknown setting \"promt\"; did you mean \"prompt\"?");
  CHECK(house.fault_of("ivr", {}) == "expected either prompt, the name of a prompt, or words, what is said");
  CHECK(house.fault_of("ivr", {{"prompt", "a"}, {"record", "yes"}}) ==
        "record: expected true or false, got \"yes\"");
  CHECK(house.fault_of("queue", {{"queue", "sales"}}) == "there is no queue 'sales'; there are: service");
  CHECK(house.fault_of("queue", {{"queue", "service"}, {"patience", "long"}}) ==
        "patience: expected a duration such as \"2min\", got \"long\"");
  CHECK(house.fault_of("queue", {{"queue", "service"}, {"priority", "high"}}) ==
        "priority: expected a whole number, got \"high\"");
}

TEST_CASE("a flow that does not exist is refused with those that do") {
  CHECK_THROWS_WITH_AS(built_in_flows().find("bnak", Place{"bank.toml", 7, "number.flow"}),
                       "bank.toml:7: number.flow: there is no flow \"bnak\"; there are: answer, extension, "
                       "ivr, mailbox, queue, voicemail",
                       Error);
}

TEST_CASE("a program adds its own flows and may replace a built-in one") {
  Flows flows = built_in_flows();
  int made = 0;
  flows.add("answer", [&made](Center&, Loop&, const Facts&) -> Dialogue {
    ++made;
    return {};
  });
  House house;

  flows.find("answer")(house.center, house.loop, {});

  CHECK(made == 1);
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "bank.hpp"

#include <sqlite3.h>

#include <doctest/doctest.h>

#include "examples/world.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

const std::string li_na = "tel:+8613800000001", anna = "tel:+8613800000002", zhang_wei = "tel:+8613800000003";
const std::string stranger = "tel:+8613955550000";

/// The bank with its customers known to the center.
class BankWorld : public World {
 public:
  explicit BankWorld(QueueOptions queue = {.name = "service"}) : World("bank", std::move(queue)) {
    settings = {{"folder", program},       {"database", folder / "bank.db"},
                {"rules", "priority.dmn"}, {"queue", "service"},
                {"simulated", true},       {"record", true}};
    center.serve("6000", make_bank(center, loop, settings));
    Task<> introducing = introduce_bank_customers(*customers, loop, settings);
    introducing.start();
    loop.run();
    introducing.result();
  }
  Facts settings;
};

/// Enters the PIN as soon as it is asked for, then presses what follows one by one at the menu.
SimBehavior customer(std::string pin, std::string choices) {
  return [pin, choices](SimParty party) -> Task<> {
    co_await party.hears("enter-pin");
    party.press(pin);
    for (const char choice : choices) {
      co_await party.hears("menu");
      party.press(std::string(1, choice));
    }
    co_await party.ended();
  };
}

Task<> talks_for_a_minute(SimParty party) {
  co_await party.connected();
  co_await party.wait(1min);
}

Task<> asks_for_a_person(SimParty party) {
  co_await party.hears("enter-pin");
  party.press("0#");
  co_await talks_for_a_minute(party);
}

}  // namespace

TEST_CASE("a customer hears her balance and hangs up") {
  BankWorld world;

  SimBehavior behavior = [](SimParty party) -> Task<> {
    co_await party.hears("enter-pin");
    party.press("4711");
    co_await party.hears("menu");
    party.press("1");
    co_await party.hears("balance");
    co_await party.wait(5s);
  };
  const SimParty caller = world.call(anna, behavior);
  world.loop.run();

  CHECK(heard(caller, "Your balance is ten thousand two hundred fifty yuan."));
  CHECK(world.outcomes() == "self_served");
}

TEST_CASE("a customer whose language is known is spoken to in it at once") {
  BankWorld world;

  const SimParty caller = world.call(li_na, customer("1234", "19"));
  world.loop.run();

  CHECK(caller.heard().front().starts_with("欢迎致电江河银行。"));
  CHECK(heard(caller, "您的账户余额是一千二百三十四元五角。"));
  CHECK(caller.heard().back() == "感谢致电江河银行，再见。");
}

TEST_CASE("the last ten transactions are read out, newest first") {
  BankWorld world;

  const SimParty caller = world.call(anna, customer("4711", "29"));
  world.loop.run();

  REQUIRE(heard(caller, "Your last transactions."));
  std::string list;
  for (const std::string& prompt : caller.heard())
    if (prompt.starts_with("Your last transactions.")) list = prompt;
  CHECK(list.find("fifty yuan received, Li Na") < list.find("paid to Book House"));
  CHECK(list.find("Riverside Cafe") != list.npos);
  CHECK(list.find("paid to rent") == list.npos);
}

TEST_CASE("rates and branch hours are told in the customer's language") {
  BankWorld world;

  const SimParty english = world.call(anna, customer("4711", "349"));
  const SimParty chinese = world.call(li_na, customer("1234", "349"));
  world.loop.run();

  CHECK(heard(english, "home loan: 3.6 percent."));
  CHECK(heard(english, "Lake Garden: from nine thirty a.m. to four thirty p.m."));
  CHECK(heard(chinese, "住房贷款，百分之3.6。"));
  CHECK(heard(chinese, "湖滨花园支行，上午九点三十分至下午四点三十分。"));
}

TEST_CASE("a stranger chooses a language, enters the customer number and is served in that language") {
  BankWorld world;

  SimBehavior behavior = [](SimParty party) -> Task<> {
    co_await party.hears("中文服务");
    party.press("2");
    co_await party.hears("account-number");
    party.press("62229999#");
    co_await party.hears("unknown-number");
    party.press("62220002");
    co_await party.hears("enter-pin");
    party.press("4711");
    co_await party.hears("menu");
    party.press("1");
    co_await party.hears("balance");
  };
  const SimParty caller = world.call(stranger, behavior);
  world.loop.run();

  CHECK(heard(caller, "您输入的号码不存在。"));
  CHECK(heard(caller, "您的账户余额是一万零二百五十元。"));
  CHECK(world.entries("contact.identified").front().data.at("by") == Value("account"));
}

TEST_CASE("three wrong PINs lead to a person who is told so") {
  BankWorld world;
  world.agent_comes();

  SimBehavior behavior = [](SimParty party) -> Task<> {
    for (int tries = 0; tries < 3; ++tries) {
      co_await party.hears("enter-pin");
      party.press("9999");
    }
    co_await talks_for_a_minute(party);
  };
  const SimParty caller = world.call(anna, behavior);
  world.loop.run();

  CHECK(heard(caller, "The PIN was wrong three times."));
  REQUIRE(world.pops().size() == 1);
  CHECK(world.pops()[0].at("reason") == Value("entered three wrong PINs"));
  CHECK(world.pops()[0].at("verification") == Value("number"));
  CHECK(world.entries("contact.queued")[0].data.at("priority") == Value(5));
  CHECK(world.outcomes() == "served");
}

TEST_CASE("0 interrupts an announcement and leads to a person") {
  BankWorld world;
  world.agent_comes();

  SimBehavior behavior = [](SimParty party) -> Task<> {
    co_await party.hears("enter-pin");
    party.press("4711");
    co_await party.hears("menu");
    party.press("2");
    co_await party.hears("transactions");
    co_await party.wait(1s);
    party.press("0");
    co_await talks_for_a_minute(party);
  };
  world.call(anna, behavior);
  const Timestamp began = world.loop.now();
  world.loop.run_until(began + 60s);

  CHECK(world.entries("contact.connected").size() == 1);
  world.loop.run();
  CHECK(world.outcomes() == "served");
}

TEST_CASE("0 leads to a person from every question") {
  struct Question {
    std::string from, name;
  };
  const std::vector<Question> questions = {{stranger, "choose-language"},
                                           {stranger, "中文服务"},
                                           {stranger, "account-number"},
                                           {anna, "enter-pin"},
                                           {anna, "menu"}};
  for (const Question& asked : questions) {
    const std::string question = asked.name;
    CAPTURE(question);
    BankWorld world;
    world.agent_comes();

    SimBehavior behavior = [question](SimParty party) -> Task<> {
      if (question == "account-number") {
        co_await party.hears("choose-language");
        party.press("1");
      }
      if (question == "menu") {
        co_await party.hears("enter-pin");
        party.press("4711");
      }
      co_await party.hears(question);
      party.press("0");
      co_await talks_for_a_minute(party);
    };
    world.call(asked.from, behavior);
    world.loop.run();

    REQUIRE(world.pops().size() == 1);
    CHECK(world.pops()[0].at("reason") == Value("asked for a person"));
  }
}

TEST_CASE("a customer who says nothing at all is given a person") {
  BankWorld world;
  world.agent_comes();

  world.call(anna, talks_for_a_minute);
  world.loop.run();

  REQUIRE(world.pops().size() == 1);
  CHECK(world.pops()[0].at("reason") == Value("entered no PIN"));
}

TEST_CASE("a VIP who comes last is served before those who wait") {
  BankWorld world;
  world.call(anna, asks_for_a_person);
  world.loop.run_for(30s);
  world.call(li_na, asks_for_a_person);
  world.loop.run_for(2min);
  world.call(zhang_wei, asks_for_a_person);
  world.loop.run_for(1min);

  world.agent_comes();
  world.loop.run();

  std::string served;
  for (const Value::Map& pop : world.pops()) served += pop.at("name").text() + "; ";
  CHECK(served == "张伟 Zhang Wei; Anna Weber; 李娜 Li Na; ");
}

TEST_CASE("the agent's offer carries reason, what was asked for, and the contacts before") {
  BankWorld world;
  world.call(anna, customer("4711", "19"));
  world.loop.run();
  world.agent_comes();

  SimBehavior behavior = [](SimParty party) -> Task<> {
    co_await party.hears("enter-pin");
    party.press("4711");
    co_await party.hears("menu");
    party.press("3");
    co_await party.hears("rates");
    party.press("0");
    co_await talks_for_a_minute(party);
  };
  world.call(anna, behavior);
  world.loop.run();

  REQUIRE(world.pops().size() == 1);
  const Value::Map pop = world.pops()[0];
  CHECK(pop.at("name") == Value("Anna Weber"));
  CHECK(pop.at("reason") == Value("asked for a person"));
  CHECK(pop.at("verification") == Value("pin"));
  const Value::Map expected{{"account", "62220002"}, {"asked_for", "rates"}, {"segment", "standard"}};
  CHECK(*pop.at("collected").get_if<Value::Map>() == expected);
  const auto& history = *pop.at("history").get_if<Value::List>();
  REQUIRE(history.size() == 1);
  CHECK(history[0].get_if<Value::Map>()->at("outcome") == Value("self_served"));
}

TEST_CASE("the PIN is nowhere in the journal, nor heard by the recording") {
  BankWorld world;
  world.agent_comes();

  world.call(li_na, customer("1234", "10"));
  world.call(zhang_wei, customer("8888", "1"));
  world.loop.run();

  REQUIRE(world.entries("contact.verified").size() >= 2);
  for (const JournalEntry& entry : world.story) {
    const std::string text = entry.type + to_json(entry.data);
    CAPTURE(text);
    CHECK(text.find("\"1234\"") == text.npos);
    CHECK(text.find("8888\"") == text.npos);
  }
  const auto pauses = world.entries("recording.paused");
  REQUIRE(pauses.size() == 4);
  CHECK(pauses[0].data.at("paused") == Value(true));
}

TEST_CASE("a missing database is apologized for, and the person knows why") {
  BankWorld world;
  world.agent_comes();
  std::filesystem::remove(world.folder / "bank.db");

  const SimParty caller = world.call(anna, talks_for_a_minute);
  world.loop.run();

  CHECK(heard(caller, "at the moment we cannot read your account"));
  REQUIRE(world.pops().size() == 1);
  CHECK(world.pops()[0].at("reason").text().starts_with("accounts cannot be read: "));
  CHECK(world.pops()[0].at("reason").text().find("bank.db") != std::string::npos);
  CHECK(world.entries("contact.queued")[0].data.at("priority") == Value(3));
}

TEST_CASE("a database that is locked in the middle of a call leads to a person") {
  BankWorld world;
  world.agent_comes();
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open((world.folder / "bank.db").c_str(), &other) == SQLITE_OK);

  SimBehavior behavior = [other](SimParty party) -> Task<> {
    co_await party.hears("enter-pin");
    party.press("4711");
    co_await party.hears("menu");
    sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);
    party.press("1");
    co_await talks_for_a_minute(party);
  };
  world.call(anna, behavior);
  world.loop.run();
  sqlite3_close(other);

  REQUIRE(world.pops().size() == 1);
  CHECK(world.pops()[0].at("reason").text().find("locked") != std::string::npos);
  CHECK(world.pops()[0].at("verification") == Value("pin"));
}

TEST_CASE("who has waited too long may be called back") {
  BankWorld world;

  SimBehavior behavior = [](SimParty party) -> Task<> {
    co_await party.hears("enter-pin");
    party.press("0#");
    co_await party.hears("all-busy");
    party.press("1");
    co_await party.ended();
  };
  const SimParty caller = world.call(anna, behavior);
  world.loop.run();

  CHECK(heard(caller, "We will call you back today."));
  const JournalEntry last = world.entries("contact.collected").back();
  CHECK(last.data.at("key") == Value("call_back"));
  CHECK(last.data.at("value") == Value("+8613800000002"));
  CHECK(world.entries("contact.left_queue")[0].data.at("waited").text().starts_with("600"));
}

TEST_CASE("a customer may hang up at any moment and nothing is left behind") {
  for (Duration patience = 500ms; patience < 90s; patience += 1700ms) {
    BankWorld world;
    world.agent_comes();

    const SimBehavior patient = customer("4711", "2340");
    const SimBehavior behavior = [patience, &patient, &world](SimParty party) -> Task<> {
      Task<> impatience = party.wait(patience);
      Task<> trying = patient(party);
      co_await first_of(world.loop, std::move(impatience), std::move(trying));
    };
    world.call(anna, behavior);
    world.loop.run();

    CAPTURE(patience.count());
    CHECK(!world.outcomes().empty());
    CHECK(world.center.calls() == 0);
    CHECK(world.agent->state() == AgentState::ready);
  }
}

TEST_CASE("settings that cannot be used are named") {
  World world("bank");
  const Facts good = {{"folder", world.program},
                      {"database", world.folder / "bank.db"},
                      {"rules", "priority.dmn"},
                      {"queue", "service"}};
  const auto complaint = [&](const std::string& name, Value value) {
    Facts settings = good;
    settings.insert_or_assign(name, std::move(value));
    try {
      make_bank(world.center, world.loop, settings);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };

  CHECK(complaint("queue", "service") == "");
  CHECK(complaint("queue", "servise").find("service") != std::string::npos);
  CHECK(complaint("queue", 5) == "queue: expected text, got 5");
  CHECK(complaint("record", "yes") == "record: expected true or false, got \"yes\"");
  CHECK(complaint("rules", "none.dmn").find("none.dmn") != std::string::npos);
  CHECK(complaint("quue", "service") ==
        "unknown setting quue; there are: database, script, rules, queue, record, simulated, folder");
  CHECK(complaint("script", "none.sql") == "");
  std::filesystem::remove(world.folder / "bank.db");
  CHECK(complaint("script", "none.sql").find("none.sql") != std::string::npos);
}

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/voicemail.hpp"

#include "core/tapped_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

const MailboxOptions sales{.name = "sales", .phone = "sim:1001", .pin = Secret("4711")};

/// 8000 takes messages for "sales".
struct Answering : TappedWorld {
  explicit Answering(MailboxOptions options = sales) : mailbox(center->add_mailbox(std::move(options))) {
    center->serve("8000", [this](Call call) -> Task<> {
      Task<std::optional<VoicemailMessage>> taking = mailbox.take(std::move(call));
      std::optional<VoicemailMessage> message = co_await std::move(taking);
      returned.push_back(message.has_value());
    });
  }

  /// Says something of this length after the tone, and then does what `then` says.
  SimParty message(Duration length, SimBehavior then = stays) {
    driver->says = [] { return true; };
    return caller([this, length, then](SimParty party) -> Task<> {
      co_await party.hears("tone");
      co_await party.hears_out();
      co_await party.wait(length);
      driver->says = [] { return false; };
      Task<> ending = then(party);
      co_await std::move(ending);
    });
  }

  Mailbox mailbox;
  std::vector<bool> returned;
};

/// A message that was left in an earlier run.
Facts left(const std::string& id) {
  return {{"mailbox", "sales"}, {"message", id},   {"from", "sim:anna"}, {"name", "Anna"},
          {"customer", ""},     {"reason", "why"}, {"length", 4.5},      {"file", ""}};
}

/// Tries PINs until the call ends.
Task<> guesses(SimParty party) {
  while (party.live()) {
    co_await party.hears("PIN");
    party.press("1234");
  }
}

/// The owner's side, in a world without audio.
struct Owner : World {
  Owner() : mailbox(center.add_mailbox(sales)) {
    center.serve("8001", [this](Call call) { return mailbox.listen(std::move(call)); });
  }

  void recover() {
    Scope scope(loop);
    auto recover = [](Center& of) -> Task<> { co_await of.recover(); };
    scope.spawn(recover(center));
    loop.run_for(0s);
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const VoicemailMessage& message : mailbox.messages())
      all.push_back(message.id + (message.heard ? " heard" : ""));
    return all;
  }

  Mailbox mailbox;
};

}  // namespace

TEST_CASE("a message is taken until the caller falls silent, and is kept with who left it") {
  Answering world;

  SimParty caller = world.message(10s);
  world.loop.run();

  const auto messages = world.mailbox.messages();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].from.uri == "sim:anna");
  CHECK(messages[0].length >= 14s);
  CHECK(messages[0].length <= 16s);
  CHECK(!messages[0].heard);
  CHECK(messages[0].file == world.maker->made.at(0)->file());
  CHECK(caller.heard().back() == "Thank you. Good bye.");
  CHECK(world.returned == std::vector<bool>{true});
  const auto entry = world.entries(events::voicemail_left);
  REQUIRE(entry.size() == 1);
  CHECK(entry[0].subject == messages[0].contact);
  CHECK(entry[0].data.at("mailbox") == Value("sales"));
  const auto closed = world.entries(events::contact_closed);
  CHECK(closed.at(0).data.at("outcome") == Value("self_served"));
  CHECK(world.entries(events::contact_reason).at(0).data.at("reason") == Value("left a message"));
}

TEST_CASE("# and the limit end a message, too") {
  MailboxOptions options = sales;
  options.limit = 30s;
  Answering world(options);
  Duration longest{};
  SUBCASE("#") {
    world.message(10s, [](SimParty party) -> Task<> {
      party.press("#");
      co_await party.ended();
    });
    longest = 10s;
  }
  SUBCASE("the limit") {
    world.message(1h);
    longest = 30s;
  }

  world.loop.run();

  REQUIRE(world.mailbox.messages().size() == 1);
  const Duration length = world.mailbox.messages()[0].length;
  CHECK(length >= longest - 500ms);
  CHECK(length <= longest + 500ms);
}

TEST_CASE("what the caller hangs up on is kept, during the message and at the question after it") {
  Answering world;
  SUBCASE("during the message") {
    world.message(10s, [](SimParty) -> Task<> { co_return; });
  }
  SUBCASE("at the question") {
    world.message(10s, [](SimParty party) -> Task<> { co_await party.hears("keep your message"); });
  }

  world.loop.run();

  CHECK(world.mailbox.messages().size() == 1);
  CHECK(world.returned.empty());
  CHECK(world.entries(events::contact_closed).at(0).data.at("outcome") == Value("self_served"));
}

TEST_CASE("who hangs up without a word leaves no message") {
  Answering world;

  world.message(500ms, [](SimParty) -> Task<> { co_return; });
  world.loop.run();

  CHECK(world.mailbox.messages().empty());
  CHECK(world.entries(events::contact_closed).at(0).data.at("outcome") == Value("left"));
}

TEST_CASE("where a message cannot be kept nobody is left speaking to nothing") {
  Answering world;
  world.maker->failure = ": cannot be recorded to: No space left on device";

  world.message(10s);
  world.loop.run();

  CHECK(world.mailbox.messages().empty());
  const auto failed = world.entries(events::dialogue_failed);
  REQUIRE(failed.size() == 1);
  CHECK(failed[0].data.at("error").text().ends_with(": cannot be recorded to: No space left on device"));
  CHECK(*world.entries(events::recording_finished).at(0).data.at("length").get_if<double>() < 0.5);
}

TEST_CASE("a caller may speak anew; only the last word is kept") {
  Answering world;

  world.message(10s, [](SimParty party) -> Task<> {
    co_await party.hears("keep your message");
    party.press("2");
    co_await party.wait(3s);
    party.press("#");
    co_await party.hears("keep your message");
    party.press("1");
    co_await party.ended();
  });
  world.loop.run();

  REQUIRE(world.mailbox.messages().size() == 1);
  CHECK(world.maker->made.size() == 2);
  CHECK(world.mailbox.messages()[0].file == world.maker->made[1]->file());
}

TEST_CASE("a message is recorded although the caller did not agree to be recorded, who wants it kept") {
  Answering world;
  world.center->serve("8000", [&world](Call call) -> Task<> {
    co_await call.answer();
    call.record();
    call.contact().set_recording_consent(false, "said so");
    Task<std::optional<VoicemailMessage>> taking = world.mailbox.take(call);
    co_await std::move(taking);
  });

  world.message(10s);
  world.loop.run();

  REQUIRE(world.mailbox.messages().size() == 1);
  REQUIRE(world.maker->made.size() == 2);
  CHECK(world.mailbox.messages()[0].file == world.maker->made[1]->file());
}

TEST_CASE("the owner's phone is told how many messages wait") {
  Answering world;
  world.lines->set_phone("1001", {});
  world.loop.run_for(1s);
  CHECK(world.driver->lamps == std::vector<std::string>{"sim:1001 0/0"});

  world.message(5s);
  world.loop.run();
  world.mailbox.set_heard(world.mailbox.messages().at(0).id);
  world.mailbox.remove(world.mailbox.messages().at(0).id);
  world.mailbox.remove("no such message");

  CHECK(world.driver->lamps ==
        std::vector<std::string>{"sim:1001 0/0", "sim:1001 1/0", "sim:1001 0/1", "sim:1001 0/0"});
}

TEST_CASE("messages of an earlier run are there again, heard or not, and without those removed") {
  Owner world;
  for (const char* id : {"m1", "m2", "m3"})
    earlier(*world.journal).append(events::voicemail_left, "c", left(id));
  earlier(*world.journal).append(events::voicemail_heard, "c", {{"mailbox", "sales"}, {"message", "m1"}});
  earlier(*world.journal).append(events::voicemail_removed, "c", {{"mailbox", "sales"}, {"message", "m2"}});
  earlier(*world.journal)
      .append(events::voicemail_left, "c", {{"mailbox", "closed long ago"}, {"message", "m4"}});

  world.recover();

  CHECK(world.ids() == std::vector<std::string>{"m3", "m1 heard"});
  CHECK(world.mailbox.messages()[0].from.name == "Anna");
  CHECK(world.mailbox.messages()[0].length == 4500ms);
}

TEST_CASE("the owner hears the messages, and deletes one, after the PIN") {
  Owner world;
  earlier(*world.journal).append(events::voicemail_left, "c", left("m1"));
  earlier(*world.journal).append(events::voicemail_left, "c", left("m2"));
  world.recover();

  SimParty owner = world.caller(
      "1001",
      [](SimParty party) -> Task<> {
        co_await party.hears("PIN");
        party.press("4711");
        co_await party.hears("New messages: 2. Old messages: 0.");
        co_await party.hears("delete 2");
        party.press("1");
        co_await party.hears("delete 2");
        party.press("2");
        co_await party.ended();
      },
      "sim:8001");
  world.loop.run();

  CHECK(world.ids() == std::vector<std::string>{"m1 heard"});
  CHECK(owner.heard().back() == "There are no more messages. Good bye.");
  for (const JournalEntry& entry : world.entries())
    CHECK(to_json(entry.data).find("4711") == std::string::npos);
}

TEST_CASE("the owner is connected with who left the message") {
  Owner world;
  earlier(*world.journal).append(events::voicemail_left, "c", left("m1"));
  world.recover();
  world.driver->set_phone("anna", {.rings = 1s, .behavior = talks(10s)});

  world.caller(
      "1001",
      [](SimParty party) -> Task<> {
        co_await party.hears("PIN");
        party.press("4711");
        co_await party.hears("call back 3");
        party.press("3");
        co_await party.ended();
      },
      "sim:8001");
  world.loop.run();

  REQUIRE(world.entries(events::contact_connected).size() == 1);
  CHECK(world.entries(events::contact_connected)[0].data.at("party") == Value("sim:anna"));
}

TEST_CASE("three wrong PINs hear nothing of the messages") {
  Owner world;
  earlier(*world.journal).append(events::voicemail_left, "c", left("m1"));
  world.recover();

  SimParty thief = world.caller("thief", guesses, "sim:8001");
  world.loop.run();

  CHECK(thief.heard().size() == 4);
  CHECK(thief.heard().back() == "That is not right. Good bye.");
  CHECK(world.ids() == std::vector<std::string>{"m1"});
}

TEST_CASE("without a PIN a mailbox plays to its owner's phone only") {
  World world;
  Mailbox mailbox = world.center.add_mailbox({.name = "1001", .phone = "sim:1001"});
  world.center.serve("8001", [&mailbox](Call call) { return mailbox.listen(std::move(call)); });

  world.driver->set_phone("1001", {});
  world.driver->set_phone("1002", {});
  SimParty owner = world.caller("1001", stays, "sim:8001");
  SimParty other = world.caller("1002", stays, "sim:8001");
  SimParty namesake = world.driver->call("sip:1001@elsewhere", "sim:8001", stays);
  world.loop.run();

  CHECK(owner.heard().front() == "New messages: 0. Old messages: 0.");
  CHECK(other.heard() == std::vector<std::string>{"That is not right. Good bye."});
  CHECK(namesake.heard() == std::vector<std::string>{"That is not right. Good bye."});
}

TEST_CASE("the owner's own telephone needs no PIN, and who only calls like it is asked") {
  Owner world;
  world.driver->set_phone("1001", {});

  SimParty owner = world.caller("1001", stays, "sim:8001");
  SimParty namesake = world.driver->call("sip:1001@elsewhere", "sim:8001", guesses);
  world.loop.run();

  CHECK(owner.heard().front() == "New messages: 0. Old messages: 0.");
  CHECK(namesake.heard().front() == "Please enter your PIN.");
  CHECK(namesake.heard().back() == "That is not right. Good bye.");
}

TEST_CASE("a driver that begins late, or a center that recovers, tells the owner's phone what waits") {
  TappedWorld world;
  world.center->add_mailbox(sales);
  earlier(*world.journal).append(events::voicemail_left, "c", left("m1"));
  Scope scope(world.loop);
  auto recover = [](Center& of) -> Task<> { co_await of.recover(); };

  scope.spawn(recover(*world.center));
  world.loop.run_for(1s);

  CHECK(world.driver->lamps == std::vector<std::string>{"sim:1001 1/0"});
}

TEST_CASE("a mailbox has one name, and one that is not there is named") {
  World world;
  world.center.add_mailbox(sales);

  CHECK(world.center.mailbox("sales").name() == "sales");
  CHECK(world.center.mailboxes().size() == 1);
  CHECK_THROWS_WITH_AS(world.center.add_mailbox(sales), "there is a mailbox 'sales' already", Error);
  CHECK_THROWS_WITH_AS(world.center.mailbox("x"), "there is no mailbox 'x'; there are: sales", Error);
}

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/caller_list.hpp"

#include "core/world.hpp"
#include "thrown.hpp"

namespace vcsr {

using namespace testing;

namespace {

constexpr const char* mule = "+4930111111";

/// A center that takes calls at 8000, and a list of callers who are stopped.
struct Guarded : World {
  explicit Guarded(CallerListOptions options = {.name = "nuisance"})
      : list(center.add_caller_list(std::move(options))) {
    center.serve("8000", [this](Call call) -> Task<> {
      ++served;
      co_await call.answer();
      co_await call.say("welcome");
    });
  }

  SimParty call_from(const std::string& number) {
    SimParty party = caller(number, stays);
    loop.run_for(60s);
    return party;
  }

  CallerList list;
  int served = 0;
};

ContactRecord record_of(Guarded& center) {
  const std::string contact = center.entries(events::contact_closed).back().subject;
  std::optional<ContactRecord> record;
  Scope scope(center.loop);
  auto read = [](CustomerStore& store, std::string id, std::optional<ContactRecord>& out) -> Task<> {
    out = co_await store.contact(id);
  };
  scope.spawn(read(*center.customers, contact, record));
  center.loop.run_for(1s);
  return record.value();
}

}  // namespace

TEST_CASE("a caller on the blacklist is refused before any dialogue, and the record says why") {
  Guarded center;
  center.list.add({.number = mule, .reason = "threatened an agent", .by = "wu"});

  SimParty party = center.call_from(mule);

  CHECK(center.served == 0);
  CHECK(party.cause() == Cause::rejected);
  const ContactRecord record = record_of(center);
  CHECK(record.outcome == "refused");
  CHECK(record.reason == "on list nuisance: threatened an agent");
  CHECK(record.attributes.at("caller_list") == Value("nuisance"));
  CHECK(center.entries(events::contact_listed).at(0).data.at("number") == Value(mule));
}

TEST_CASE("a number on a list may be written in any way, and stands for itself only") {
  Guarded center;
  center.list.add({.number = "0049 (30) 111-111"});

  center.call_from(mule);
  CHECK(center.served == 0);
  center.call_from("+493011111");
  center.call_from("+49301111112");
  CHECK(center.served == 2);
}

TEST_CASE("all numbers that begin so are stopped, and those who withhold theirs") {
  Guarded center;
  center.list.add({.number = "+44900*"});
  center.list.add({.number = "withheld"});

  for (const char* number : {"+449001", "+44900", "anonymous", "Anonymous"}) center.call_from(number);
  CHECK(center.served == 0);
  center.call_from("+44901");
  CHECK(center.served == 1);
}

TEST_CASE("those blocked may hear why instead") {
  Guarded center({.name = "nuisance", .prompt = "welcome"});
  center.list.add({.number = mule});

  SimParty party = center.call_from(mule);

  CHECK(center.served == 0);
  CHECK(party.heard() == std::vector<std::string>{"Welcome to the bank."});
  CHECK(record_of(center).outcome == "refused");
}

TEST_CASE("an entry ends by itself when its time is over, to the microsecond, and the journal says so") {
  Guarded center;
  const WallTime end = center.loop.wall_time() + 1h;
  center.list.add({.number = mule, .reason = "to cool down", .until = end});

  center.loop.run_until(center.loop.now() + 1h - 1us);
  CHECK(center.list.find("sim:+4930111111").has_value());
  center.loop.run_for(1us);
  CHECK_FALSE(center.list.find("sim:+4930111111").has_value());

  const JournalEntry ended = center.entries(events::caller_unlisted).at(0);
  CHECK(ended.subject == "nuisance");
  CHECK(ended.data.at("reason") == Value("expired"));
  CHECK(center.list.entries().empty());
}

TEST_CASE("who is on a list of the favored is served before those who came a while earlier") {
  Guarded center({.name = "gold", .kind = CallerListOptions::Kind::favored, .priority = 5});
  center.list.add({.number = mule});
  Queue queue = center.center.add_queue({.name = "service"});
  center.center.serve("9000", [&queue](Call call) -> Task<> {
    co_await call.answer();
    co_await queue.serve(call, Reason("help"));
  });

  center.caller("+861", stays, "sim:9000");
  center.loop.run_for(4min);
  center.caller(mule, stays, "sim:9000");
  center.loop.run_for(1s);

  const std::vector<JournalEntry> queued = center.entries(events::contact_queued);
  REQUIRE(queued.size() == 2);
  CHECK(queued[1].data.at("position") == Value(1));
  CHECK(queued[1].data.at("priority") == Value(5));
}

TEST_CASE("the favored are never blocked, and an exact number counts more than a beginning") {
  Guarded center;
  CallerList gold = center.center.add_caller_list({.name = "gold", .kind = CallerListOptions::Kind::favored});
  center.list.add({.number = "+4930*"});
  gold.add({.number = mule});

  center.call_from(mule);
  CHECK(center.served == 1);
  center.call_from("+4930222");
  CHECK(center.served == 1);
  center.list.add({.number = mule, .reason = "exact"});
  CHECK(center.list.find("sim:+4930111111")->reason == "exact");
}

TEST_CASE("changes are in the journal with who made them, and come back after a restart") {
  Guarded center({.name = "nuisance", .entries = {{.number = "+1*"}}});
  center.list.add({.number = mule, .reason = "once", .by = "wu"});
  center.list.add({.number = mule, .reason = "twice", .by = "li"});
  center.list.add({.number = "+86138*", .by = "wu"});
  center.list.remove("+86138*", "li", "a mistake");
  center.loop.run_for(1s);

  Center next(center.loop, *center.journal, *center.customers);
  CallerList again = next.add_caller_list({.name = "nuisance", .entries = {{.number = "+1*"}}});
  Scope scope(center.loop);
  auto recover = [](Center& recovered) -> Task<> { co_await recovered.recover(); };
  scope.spawn(recover(next));
  center.loop.run_for(1s);

  CHECK(center.entries(events::caller_listed).size() == 3);
  CHECK(center.entries(events::caller_unlisted).at(0).data.at("by") == Value("li"));
  const std::vector<CallerEntry> entries = again.entries();
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].number == "+1*");
  CHECK(entries[1].number == mule);
  CHECK(entries[1].reason == "twice");
  CHECK(entries[1].by == "li");
  CHECK(entries[1].since.has_value());
}

TEST_CASE("an agent's own telephone and calls that we make are on no list") {
  Guarded center;
  center.list.add({.number = mule});
  center.driver->set_phone(mule, {.behavior = talks(5s)});
  std::optional<Outgoing> reached;
  Scope scope(center.loop);
  auto dial = [](Center& by, std::optional<Outgoing>& out) -> Task<> {
    out = co_await by.call(Address("sim:" + std::string(mule)));
  };
  scope.spawn(dial(center.center, reached));
  center.loop.run_for(30s);

  REQUIRE(reached.has_value());
  CHECK(reached->reached == Reached::answered);
  CHECK(center.entries(events::contact_listed).empty());
}

TEST_CASE("what is no number, and what cannot be changed, is refused with what to do") {
  Guarded center({.name = "nuisance", .entries = {{.number = "+1*"}}});
  const auto refusal = [&](Error::Code code, CallerEntry entry) {
    return thrown(code, [&] { center.list.add(std::move(entry)); });
  };

  for (const char* number : {"", "*", "1", "+", "anna", "+86138x", "138*5", "Withheld"})
    CHECK(refusal(Error::Code::invalid, {.number = number}) ==
          "expected a telephone number such as \"+8613800138000\", what numbers begin with such as "
          "\"+8613800*\", or \"withheld\", got \"" +
              std::string(number) + "\"");
  CHECK(refusal(Error::Code::invalid, {.number = mule, .until = center.loop.wall_time()})
            .starts_with("until: expected a time to come, got "));
  CHECK(refusal(Error::Code::refused, {.number = "001*"}) ==
        "+1* is on list 'nuisance' for good, by the configuration");
  CHECK(thrown(Error::Code::not_found, [&] { center.list.remove(mule, "li"); }) ==
        "+4930111111 is not on list 'nuisance'");
  CHECK(thrown(Error::Code::refused, [&] { center.list.remove("+1*", "li"); }) ==
        "+1* is on list 'nuisance' for good: take it out of the configuration");
  CHECK(thrown(Error::Code::not_found, [&] { center.center.caller_list("spam"); }) ==
        "there is no caller list 'spam'; there are: nuisance");
}

}  // namespace vcsr

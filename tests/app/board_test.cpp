// SPDX-License-Identifier: Apache-2.0
#include "app/board.hpp"

#include <doctest/doctest.h>

#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// A board and the journal's numbering and clock, one second per entry.
struct Day {
  void happens(const char* type, const char* subject, Facts data = {}) {
    board.apply({.number = ++number,
                 .at = WallTime(std::chrono::seconds(1'767'225'600 + number)),
                 .type = type,
                 .subject = subject,
                 .data = std::move(data)});
  }
  void arrives(const char* contact, const char* from) {
    happens(events::contact_arrived, contact, {{"from", from}, {"to", "sip:6000"}, {"name", ""}});
    happens(events::contact_answered, contact);
  }
  void queues(const char* contact, int position, int priority = 0) {
    happens(events::contact_queued, contact,
            {{"queue", "service"}, {"position", position}, {"priority", priority}});
  }
  void agent_is(const char* state, const char* contact = "") {
    happens(events::agent_state, "1001",
            {{"state", state}, {"reason", ""}, {"name", "Anna"}, {"contact", contact}});
  }
  void is_offered(const char* contact) {
    happens(events::contact_offered, contact,
            {{"queue", "service"}, {"agent", "1001"}, {"pop", Value::Map{{"name", "Li"}}}});
  }

  Value part(const char* name) const { return board.snapshot().get_if<Value::Map>()->at(name); }
  Value entry(const char* list, std::size_t index) const {
    return part(list).get_if<Value::List>()->at(index);
  }
  std::string field(const char* list, std::size_t index, const char* key) const {
    return entry(list, index).get_if<Value::Map>()->at(key).text();
  }
  std::size_t size(const char* list) const { return part(list).get_if<Value::List>()->size(); }

  Board board;
  std::uint64_t number = 0;
};

}  // namespace

TEST_CASE("an open call shows who calls and how far it is") {
  Day day;

  day.happens(events::contact_arrived, "c1", {{"from", "sip:138"}, {"to", "sip:6000"}});
  CHECK(day.field("calls", 0, "state") == "arriving");
  day.happens(events::contact_answered, "c1");
  day.happens(events::contact_identified, "c1", {{"customer", "k7"}, {"name", "Li"}});
  day.happens(events::contact_language, "c1", {{"language", "zh"}});

  CHECK(day.field("calls", 0, "state") == "self_service");
  CHECK(day.field("calls", 0, "from") == "sip:138");
  CHECK(day.field("calls", 0, "customer") == "k7");
  CHECK(day.field("calls", 0, "name") == "Li");
  CHECK(day.field("calls", 0, "language") == "zh");
  CHECK(day.field("calls", 0, "since") == "2026-01-01T00:00:01.000Z");
}

TEST_CASE("contacts wait in the order in which they will be served") {
  Day day;
  day.arrives("c1", "sip:1");
  day.queues("c1", 1);
  day.arrives("c2", "sip:2");
  day.queues("c2", 2);
  day.arrives("vip", "sip:3");
  day.queues("vip", 1, 5);

  CHECK(day.field("waiting", 0, "contact") == "vip");
  CHECK(day.field("waiting", 1, "contact") == "c1");
  CHECK(day.field("waiting", 2, "contact") == "c2");
  CHECK(day.field("waiting", 2, "position") == "3");
  CHECK(day.field("waiting", 0, "priority") == "5");
}

TEST_CASE("a contact that leaves the queue moves the others up and is counted") {
  Day day;
  day.arrives("c1", "sip:1");
  day.queues("c1", 1);
  day.arrives("c2", "sip:2");
  day.queues("c2", 2);

  day.happens(events::contact_left_queue, "c1", {{"queue", "service"}, {"result", "timed_out"}});

  CHECK(day.size("waiting") == 1);
  CHECK(day.field("waiting", 0, "contact") == "c2");
  CHECK(day.field("waiting", 0, "position") == "1");
  CHECK(to_json(day.entry("queues", 0)) ==
        R"({"counts":{"entered":2,"timed_out":1},"name":"service","waiting":1})");
}

TEST_CASE("an offer pops up with the contact and stays with the agent while it is in hand") {
  Day day;
  day.arrives("c1", "sip:1");
  day.queues("c1", 1);

  day.agent_is("reserved", "c1");
  day.is_offered("c1");
  CHECK(day.field("offers", 0, "agent") == "1001");
  CHECK(day.field("offers", 0, "pop") == R"({"name":"Li"})");
  day.happens(events::offer_ended, "c1", {{"queue", "service"}, {"agent", "1001"}, {"result", "accepted"}});
  day.agent_is("busy", "c1");

  CHECK(day.size("offers") == 0);
  CHECK(day.field("agents", 0, "pop") == R"({"name":"Li"})");
  CHECK(day.field("agents", 0, "contact") == "c1");
  day.agent_is("wrap_up", "c1");
  CHECK(day.field("agents", 0, "pop") == R"({"name":"Li"})");
  day.agent_is("ready");
  CHECK(day.field("agents", 0, "pop") == "");
}

TEST_CASE("agents and queues that nothing happened to are shown") {
  Day day;
  day.board.add_agent("1001", "Anna");
  day.board.add_queue("service");

  CHECK(day.field("agents", 0, "name") == "Anna");
  CHECK(day.field("agents", 0, "state") == "logged_out");
  CHECK(day.field("agents", 0, "since") == "");
  CHECK(day.field("queues", 0, "waiting") == "0");
}

TEST_CASE("a call talks from connection to disconnection") {
  Day day;
  day.arrives("c1", "sip:1");

  day.happens(events::contact_connected, "c1", {{"party", "sip:1001"}, {"agent", "1001"}});
  CHECK(day.field("calls", 0, "state") == "talking");
  CHECK(day.field("calls", 0, "agent") == "1001");
  day.happens(events::contact_disconnected, "c1");

  CHECK(day.field("calls", 0, "state") == "self_service");
}

TEST_CASE("a contact that closes leaves nothing behind but its count") {
  Day day;
  day.arrives("c1", "sip:1");
  day.queues("c1", 1);
  day.is_offered("c1");

  day.happens(events::contact_closed, "c1", {{"outcome", "abandoned"}});

  CHECK(day.size("calls") == 0);
  CHECK(day.size("waiting") == 0);
  CHECK(day.size("offers") == 0);
  CHECK(to_json(day.part("totals")) == R"({"arrived":1,"open":0,"outcomes":{"abandoned":1}})");
}

TEST_CASE("many calls are counted in full and listed in part, newest first") {
  Day day;
  for (int i = 0; i < 300; ++i) day.arrives(("c" + std::to_string(i)).c_str(), "sip:1");

  CHECK(day.size("calls") == Board::calls_listed);
  CHECK(day.field("calls", 0, "contact") == "c299");
  CHECK(day.part("totals").get_if<Value::Map>()->at("open") == Value(300));
}

TEST_CASE("entries about contacts that the board never saw arrive change nothing but the number") {
  Day day;

  day.happens(events::contact_answered, "old");
  day.happens(events::contact_reason, "old", {{"reason", "loan"}});
  day.happens("something.new", "old");

  CHECK(day.size("calls") == 0);
  CHECK(day.board.number() == 3);
}

TEST_CASE("one open contact is told by its id, with the agent to whom it is offered") {
  Day day;
  day.arrives("c1", "sip:138");
  day.queues("c1", 1);
  const auto field = [&day](const char* key) {
    return day.board.contact("c1").get_if<Value::Map>()->at(key).text();
  };

  CHECK(field("state") == "waiting");
  day.is_offered("c1");
  CHECK(field("state") == "offered");
  CHECK(field("agent") == "1001");
  CHECK(day.board.contact("c2") == Value(Value::Map()));
}

}  // namespace vcsr

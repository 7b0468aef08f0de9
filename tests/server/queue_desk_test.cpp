// SPDX-License-Identifier: Apache-2.0
#include "server/queue_desk.hpp"

#include <doctest/doctest.h>

#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

constexpr const char* config_text = R"(
[voice]
synthesizer = "none"
[[queue]]
name = "chats"
wrap_up = "0s"
requirement = "zh >= 2"
[[agent]]
id = "1001"
name = "Anna"
follows_phone = false
queues = ["chats"]
skills = { zh = 3 }
[[agent]]
id = "1002"
follows_phone = false
queues = ["chats"]
skills = { zh = 1 }
)";

constexpr const char* order = R"({"channel": "chat", "from": "web:li", "name": "Li", "reason": "my order"})";

/// A center with a queue of chats, two agents of whom one is good enough for it, and somebody of each role.
struct House {
  explicit House(const char* text = config_text) : text(text) {}

  HttpResponse ask(const std::string& method, const std::string& user, const std::string& target,
                   const std::string& body = "") {
    HttpParser parser;
    parser.feed(method + " /api/queues" + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + user +
                "-token\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    HttpResponse response = desk.answer(parser.take());
    if (!response.later) return response;
    later.reset();
    response.later([this](HttpResponse told) { later = std::move(told); });
    loop.run_for(0s);
    return later.value_or(HttpResponse{.status = 0, .body = "{}"});
  }
  Value::Map map(const HttpResponse& response) { return *from_json(response.body).get_if<Value::Map>(); }
  Value::Map get(const std::string& target) { return map(ask("GET", "max", target)); }
  std::string refusal(const std::string& method, const std::string& user, const std::string& target,
                      const std::string& body = "") {
    const HttpResponse response = ask(method, user, target, body);
    return std::to_string(response.status) + " " + map(response).at("error").text();
  }
  std::string put(const std::string& json = order) {
    const HttpResponse response = ask("POST", "max", "/chats/contacts", json);
    REQUIRE(response.status == 201);
    loop.run_for(0s);
    return map(response).at("contact").text();
  }
  std::string state(const std::string& contact) {
    return get("/chats/contacts/" + contact).at("state").text();
  }
  Agent anna() { return site.center().agent("1001"); }
  void anna_is_ready() {
    anna().log_in();
    anna().set_ready();
    loop.run_for(0s);
  }

  const char* text;
  SimLoop loop{1, parse_wall_time("2026-11-22T09:00:00.000Z")};
  Site site{loop, parse_config(text, "bank.toml", "/srv/bank"), built_in_flows(), open_memory_stores(loop)};
  std::optional<HttpResponse> later;
  QueueDesk desk{
      loop,
      site,
      {{.name = "anna", .role = UserRole::agent, .token = Secret("anna-token"), .agent = "1001"},
       {.name = "ben", .role = UserRole::supervisor, .token = Secret("ben-token"), .queues = {"chats"}},
       {.name = "ida", .role = UserRole::auditor, .token = Secret("ida-token")},
       {.name = "max", .role = UserRole::administrator, .token = Secret("max-token")}}};
};

}  // namespace

TEST_CASE("a chat that a program puts into a queue is offered, taken and ends with its outcome") {
  House house;
  const std::string contact = house.put();
  CHECK(house.state(contact) != "ended");

  house.anna_is_ready();
  CHECK(house.state(contact) == "offered");
  house.anna().accept(contact);
  house.loop.run_for(5s);
  CHECK(house.state(contact) == "talking");
  CHECK(house.get("/chats/contacts/" + contact).at("agent") == Value("1001"));
  house.anna().finish(contact);
  house.loop.run_for(0s);

  CHECK(
      to_json(house.get("/chats/contacts/" + contact)) ==
      R"({"agent":"1001","contact":")" + contact +
          R"(","outcome":"served","queue":"chats","result":"served","state":"ended","talked":5.0,"waited":0.0})");
}

TEST_CASE("who asks to wait is told the moment the chat has ended, or after that time how it is") {
  House house;
  const std::string contact = house.put();

  CHECK(house.ask("GET", "max", "/chats/contacts/" + contact + "?wait=10").status == 0);
  house.loop.run_for(9s);
  CHECK_FALSE(house.later.has_value());
  house.loop.run_for(1s);
  CHECK(house.map(house.later.value()).at("state") == Value("waiting"));

  CHECK(house.ask("GET", "max", "/chats/contacts/" + contact + "?wait=10").status == 0);
  house.ask("POST", "max", "/chats/contacts/" + contact, R"({"do": "close"})");
  house.loop.run_for(0s);
  CHECK(house.map(house.later.value()).at("outcome") == Value("abandoned"));
}

TEST_CASE("a chat that is closed or waits too long ends with that as its outcome") {
  House house;
  const std::string left = house.put();
  const std::string late = house.put(R"({"channel": "email", "patience": 60})");

  CHECK(house.ask("POST", "ben", "/chats/contacts/" + left, R"({"do": "close"})").status == 200);
  house.loop.run_for(1min);

  CHECK(house.get("/chats/contacts/" + left).at("outcome") == Value("abandoned"));
  CHECK(house.get("/chats/contacts/" + late).at("result") == Value("timed_out"));
  CHECK(house.get("/chats/contacts/" + late).at("outcome") == Value("unserved"));
}

TEST_CASE("the end of a chat that the desk does not remember is in the center's records") {
  House house;
  Contact contact = house.site.center().open({.channel = Channel::chat});
  contact.close();
  house.loop.run_for(0s);

  const Value::Map told = house.get("/chats/contacts/" + contact.id());

  CHECK(told.at("state") == Value("ended"));
  CHECK(told.at("outcome") == Value(to_string(contact.outcome())));
  CHECK(house.refusal("GET", "max", "/chats/contacts/none") ==
        "404 there is no contact without a call 'none'");
}

TEST_CASE("what a program knows of a chat reaches the contact") {
  House house;
  const std::string contact = house.put(
      R"({"channel": "chat", "from": "web:li", "reason": "my order", "language": "zh", "collected": {"order": 4711},)"
      R"( "priority": 2, "requirement": "cards", "prefer": {"agent": "1001", "for": 30}})");

  const Contact opened = house.site.center().find_contact(contact).value();
  CHECK(opened.from() == Address("web:li"));
  CHECK(opened.reason() == "my order");
  CHECK(opened.language() == "zh");
  CHECK(opened.customer().get("order") == Value(4711));
  const Value::Map why = house.get("/chats/contacts/" + contact + "/why");
  CHECK(why.at("requirement").text().find("cards") != std::string::npos);
}

TEST_CASE("why a chat waits is told in English and in Chinese") {
  House house;
  const std::string contact = house.put();
  const auto words = [&](const std::string& language) {
    return to_json(house.get("/chats/contacts/" + contact + "/why" + language).at("words"));
  };

  CHECK(words("").find("zh is 1, needs 2") != std::string::npos);
  CHECK(words("?language=zh").find("zh is 1") == std::string::npos);
  const Value::Map why = house.get("/chats/contacts/" + contact + "/why");
  CHECK(why.at("state") == Value("waiting"));
  CHECK(why.at("position") == Value(1));
  CHECK(why.at("agents").get_if<Value::List>()->size() == 2);
}

TEST_CASE("a queue tells how many came and who waits") {
  House house;
  const std::string contact = house.put();

  const Value::Map chats = house.get("/chats");
  CHECK(chats.at("waiting") == Value(1));
  CHECK(to_json(chats.at("agents")) == R"(["1001","1002"])");
  CHECK(chats.at("report").get_if<Value::Map>()->at("entered") == Value(1));
  const Value::Map waiting = *chats.at("contacts").get_if<Value::List>()->at(0).get_if<Value::Map>();
  CHECK(waiting.at("contact") == Value(contact));
  CHECK(waiting.at("channel") == Value("chat"));
  CHECK(waiting.at("name") == Value("Li"));
  CHECK(house.ask("GET", "ida", "").body.find(R"("name":"chats")") != std::string::npos);
}

TEST_CASE("agents do not see queues, and auditors change nothing in them") {
  House house;

  CHECK(house.refusal("GET", "anna", "/chats") == "403 anna (agent) may not see queues");
  CHECK(house.refusal("POST", "ida", "/chats/contacts", order) ==
        "403 ida (auditor) may not put contacts into queues or close them");
  CHECK(house.refusal("GET", "thief", "") == "401 expected a user's token: Authorization: Bearer …");
  CHECK(house.get("/chats").at("waiting") == Value(0));
}

TEST_CASE("a contact that cannot be taken is refused with what is wrong") {
  House house;
  const auto answer = [&house](const char* json) {
    return house.refusal("POST", "max", "/chats/contacts", json);
  };

  CHECK(house.refusal("POST", "max", "/mails/contacts", order) ==
        "404 there is no queue 'mails'; there are: chats");
  CHECK(answer("") ==
        R"(400 expected JSON: {"channel": "chat", "from": "web:li", "reason": "where is my order"})");
  CHECK(answer(R"({"channel": "pigeon"})") ==
        R"(400 channel: expected voice, chat, email, sms, fax, web, callback or voicemail, got "pigeon")");
  CHECK(answer(R"({"channel": "chat", "prio": 1})").starts_with("400 prio: there is no such field here"));
  CHECK(answer(R"({"channel": "chat", "priority": 1.5})") ==
        "400 priority: expected a whole number from -1000 to 1000, got 1.5");
  CHECK(answer(R"({"channel": "chat", "collected": "x"})") ==
        R"(400 collected: expected an object such as {"order": 4711}, got "x")");
  CHECK(answer(R"({"channel": "chat", "requirement": "zh >="})").starts_with("400 requirement 'zh >='"));
  CHECK(answer(R"({"channel": "chat", "prefer": {"agent": "1001"}})") ==
        "400 for: expected seconds, but it is missing");
  CHECK(house.refusal("GET", "max", "/chats/contacts/" + house.put() + "?wait=30") ==
        R"(400 wait: expected whole seconds from 1 to 20, got "30")");
  CHECK(house.refusal("POST", "max", "/chats/contacts/x", R"({"do": "open"})") ==
        R"(400 do: expected "close", got "open")");
  CHECK(house.refusal("POST", "max", "/chats") == "405 only GET is served here");
}

namespace {

constexpr const char* calls_back = R"(
[voice]
synthesizer = "none"
[[queue]]
name = "sales"
[queue.callback]
numbers = ["+49"]
[[queue]]
name = "chats"
hours = "office"
[[hours]]
name = "office"
open = ["Mon-Fri 09:00-18:00"]
)";

}  // namespace

TEST_CASE("a customer who asks on a web page is called back in her turn, or the call is called off") {
  House house(calls_back);
  const HttpResponse promised = house.ask("POST", "max", "/sales/callbacks",
                                          R"({"to": "tel:+4930123", "name": "Li", "reason": "my order",
                                              "collected": {"order": 4711}})");
  REQUIRE(promised.status == 201);
  const std::string contact = house.map(promised).at("contact").text();
  house.loop.run_for(0s);

  CHECK(house.state(contact) != "ended");
  CHECK(house.site.center().find_contact(contact)->channel() == Channel::callback);
  CHECK(house.refusal("POST", "max", "/sales/callbacks", R"({"to": "tel:+4930123"})") ==
        "409 queue 'sales': the number +4930123 is to be called back already");
  CHECK(house.ask("POST", "max", "/sales/contacts/" + contact, R"({"do": "close"})").status == 200);
  house.loop.run_for(0s);
  CHECK(house.map(house.ask("GET", "max", "/sales/contacts/" + contact)).at("outcome").text() == "abandoned");
}

TEST_CASE("who writes on a Sunday is told that the queue is closed") {
  House house(calls_back);

  const std::string contact = house.put();

  const Value::Map over = house.map(house.ask("GET", "max", "/chats/contacts/" + contact));
  CHECK(over.at("state").text() == "ended");
  CHECK(over.at("result").text() == "closed");
}

TEST_CASE("a callback that cannot be is refused with what is wrong") {
  House house(calls_back);
  const auto answer = [&house](const char* json, const char* queue = "/sales") {
    return house.refusal("POST", "max", std::string(queue) + "/callbacks", json);
  };

  CHECK(answer(R"({"to": "+4930123"})") ==
        R"(400 to: expected an address such as "tel:+86…" or "sip:1001", got "+4930123")");
  CHECK(answer("{}") == "400 to: expected text that is not empty, but it is missing");
  CHECK(answer(R"({"to": "tel:+1900"})").starts_with("409 queue 'sales': "));
  CHECK(answer(R"({"to": "tel:+4930123", "at": "soon"})").starts_with("400 "));
  CHECK(answer(R"({"to": "tel:+4930123"})", "/chats").find("there are no callback terms") !=
        std::string::npos);
  CHECK(house.refusal("POST", "ida", "/sales/callbacks", "{}").starts_with("403 "));
  CHECK(house.refusal("GET", "max", "/sales/callbacks") == "405 only POST is served here");
}

}  // namespace vcsr

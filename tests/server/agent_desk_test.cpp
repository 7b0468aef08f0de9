// SPDX-License-Identifier: Apache-2.0
#include "server/agent_desk.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/together.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

constexpr const char* config_text = R"(
[web]
not_ready_reasons = ["tea"]
[voice]
synthesizer = "none"
[[queue]]
name = "chats"
wrap_up = "1min"
wrap_up_extension = "30s"
dispositions = ["sold", "lost"]
disposition_mandatory = true
[[agent]]
id = "1001"
name = "Anna"
follows_phone = false
queues = ["chats"]
capacity = { units = 2, takes = { chat = 1 } }
heartbeat_limit = "30s"
skills = { zh = 2 }
[[agent]]
id = "1002"
follows_phone = false
)";

/// A center with two agents, and somebody of each role.
struct House {
  House() {
    following = site.journal().follow(1, [this](const JournalEntry& entry) { entries.push_back(entry); });
  }

  HttpResponse ask(const std::string& method, const std::string& user, const std::string& path,
                   const std::string& body = "") {
    HttpRequest request;
    request.method = method;
    request.path = "/api/" + path;
    request.authorization = "Bearer " + user + "-token";
    request.body = body;
    return desk.answer(request);
  }
  HttpResponse post(const std::string& user, const std::string& body, const std::string& agent = "1001") {
    return ask("POST", user, "agents/" + agent, body);
  }
  /// The answer to an order, as "status error" or "status state reason".
  std::string told(const std::string& user, const std::string& body, const std::string& agent = "1001") {
    const HttpResponse response = post(user, body, agent);
    const Value::Map answer = *from_json(response.body).get_if<Value::Map>();
    const std::string status = std::to_string(response.status) + " ";
    if (response.status != 200) return status + answer.at("error").text();
    return status + answer.at("state").text() + " " + answer.at("reason").text();
  }
  Value::Map anna() { return *from_json(ask("GET", "anna", "agents/1001").body).get_if<Value::Map>(); }
  Value::Map in_hand() { return *anna().at("contacts").get_if<Value::List>()->at(0).get_if<Value::Map>(); }

  /// A chat that waits for an agent; its id.
  std::string chat() {
    Contact contact = site.center().open({.channel = Channel::chat, .from = Address("web:li")});
    auto serve = [](Queue queue, Contact one) -> Task<> { co_await queue.serve(one); };
    scope.spawn(serve(site.center().queue("chats"), contact));
    loop.run_for(0s);
    return contact.id();
  }
  std::string chat_order(const char* action, const std::string& contact, const std::string& more = "") {
    return R"({"do": ")" + std::string(action) + R"(", "contact": ")" + contact + "\"" + more + "}";
  }

  SimLoop loop{1, parse_wall_time("2026-11-22T09:00:00.000Z")};
  std::vector<JournalEntry> entries;
  Site site{loop, parse_config(config_text, "bank.toml", "/srv/bank"), built_in_flows(),
            open_memory_stores(loop)};
  Journal::Subscription following;
  Scope scope{loop};
  AgentDesk desk{
      loop,
      site,
      {{.name = "anna", .role = UserRole::agent, .token = Secret("anna-token"), .agent = "1001"},
       {.name = "ben", .role = UserRole::supervisor, .token = Secret("ben-token"), .queues = {"chats"}},
       {.name = "ida", .role = UserRole::auditor, .token = Secret("ida-token")},
       {.name = "max", .role = UserRole::administrator, .token = Secret("max-token")}}};
};

}  // namespace

TEST_CASE("an agent logs in, is ready, takes a break and leaves over HTTP") {
  House house;

  CHECK(house.told("anna", R"({"do": "log_in"})") == "200 not_ready log-in");
  CHECK(house.told("anna", R"({"do": "ready"})") == "200 ready ");
  house.loop.run_for(10s);
  CHECK(house.told("anna", R"({"do": "not_ready", "reason": "tea"})") == "200 not_ready tea");
  CHECK(house.anna().at("since").text() == "2026-11-22T09:00:10.000Z");
  CHECK(house.told("anna", R"({"do": "log_out"})") == "200 logged_out ");
}

TEST_CASE("an agent's picture has name, queues, skills and how often the desktop gives a sign of life") {
  House house;

  CHECK(house.ask("GET", "anna", "agents/1001").body ==
        R"({"contacts":[],"heartbeat_every":10.0,"id":"1001","name":"Anna","pending":null,)"
        R"("queues":["chats"],"reason":"","since":"2026-11-22T09:00:00.000Z","skills":{"zh":2},)"
        R"("state":"logged_out"})"
        "\n");
}

TEST_CASE("a chat is accepted, finished, disposed and wrapped up over HTTP") {
  House house;
  house.post("anna", R"({"do": "log_in"})");
  house.post("anna", R"({"do": "ready"})");
  const std::string contact = house.chat();

  CHECK(house.in_hand().at("state") == Value("reserved"));
  CHECK(house.in_hand().at("by_hand") == Value(true));
  CHECK(house.told("anna", house.chat_order("accept", contact)) == "200 busy ");
  house.loop.run_for(5s);
  CHECK(house.told("anna", house.chat_order("finish", contact)) == "200 wrap_up ");
  house.loop.run_for(0s);

  const Value::Map notes = house.in_hand();
  CHECK(notes.at("state") == Value("wrap_up"));
  CHECK(notes.at("ends") == Value("2026-11-22T09:01:05.000Z"));
  CHECK(notes.at("extension_left") == Value(30.0));
  CHECK(notes.at("needs_disposition") == Value(true));
  CHECK(to_json(notes.at("dispositions")) == R"(["sold","lost"])");
  CHECK(house.told("anna", R"({"do": "extend", "by": 20})") == "200 wrap_up ");
  CHECK(house.in_hand().at("ends") == Value("2026-11-22T09:01:25.000Z"));
  CHECK(house.told("anna", R"({"do": "finish_wrap_up"})") ==
        "409 contact " + contact + " of queue 'chats' needs a disposition first; there are: sold, lost");
  CHECK(house.told("anna", house.chat_order("dispose", contact, R"(, "code": "won")")) ==
        "400 there is no disposition 'won' for contact " + contact + "; there are: sold, lost");
  CHECK(house.told("anna", house.chat_order("dispose", contact, R"(, "code": "sold", "note": "two")")) ==
        "200 wrap_up ");
  CHECK(house.told("anna", R"({"do": "finish_wrap_up"})") == "200 ready ");
}

TEST_CASE("a choice during a chat is pending and can be taken back") {
  House house;
  house.post("anna", R"({"do": "log_in"})");
  house.post("anna", R"({"do": "ready"})");
  house.post("anna", house.chat_order("accept", house.chat()));
  house.loop.run_for(0s);

  house.post("anna", R"({"do": "not_ready", "reason": "tea"})");
  CHECK(to_json(house.anna().at("pending")) == R"({"reason":"tea","state":"not_ready"})");

  house.post("anna", R"({"do": "cancel"})");
  CHECK(house.anna().at("pending").is_null());
}

TEST_CASE("a supervisor orders an agent, and who and why is on record") {
  House house;
  house.post("anna", R"({"do": "log_in"})");
  house.post("anna", R"({"do": "ready"})");

  CHECK(house.told("ben", R"({"do": "force", "order": "not_ready", "why": "fire drill"})") ==
        "200 not_ready fire drill");
  CHECK(house.told("ben", R"({"do": "skills", "skills": {"zh": 3, "billing": 1}})") ==
        "200 not_ready fire drill");

  house.loop.run_for(0s);
  const auto forced = std::find_if(house.entries.begin(), house.entries.end(), [](const JournalEntry& entry) {
    return entry.type == events::agent_forced;
  });
  REQUIRE(forced != house.entries.end());
  CHECK(to_json(forced->data) == R"({"by":"ben","order":"not_ready","why":"fire drill"})");
  CHECK(house.site.center().agent("1001").skills() == Skills{{"billing", 1}, {"zh", 3}});
}

TEST_CASE("nobody acts for an agent but herself, and agents learn nothing of others") {
  House house;
  const char* ready = R"({"do": "ready"})";

  CHECK(house.told("anna", ready, "1002") == "403 anna (agent) may see and order agent 1001 only");
  CHECK(house.told("anna", ready, "1009") == "403 anna (agent) may see and order agent 1001 only");
  CHECK(house.told("ben", ready) ==
        "403 ben (supervisor) may not act for agent 1001: order it with \"do\": \"force\"");
  CHECK(house.told("ida", ready) == "403 ida (auditor) may not act for agent 1001");
  CHECK(house.told("anna", R"({"do": "force", "order": "free", "why": "x"})") ==
        "403 anna (agent) may not give the order \"force\": supervisors do");
  CHECK(house.told("ida", R"({"do": "skills", "skills": {}})") ==
        "403 ida (auditor) may not give the order \"skills\": supervisors do");
  CHECK(house.told("thief", ready) == "401 expected a user's token: Authorization: Bearer …");
  CHECK(house.told("max", R"({"do": "log_in"})") == "200 not_ready log-in");
}

TEST_CASE("agents see themselves, the others everybody") {
  House house;
  const auto seen = [&house](const char* user) {
    return from_json(house.ask("GET", user, "agents").body).get_if<Value::List>()->size();
  };

  CHECK(seen("anna") == 1);
  CHECK(seen("ben") == 2);
  CHECK(seen("ida") == 2);
  CHECK(house.ask("GET", "anna", "me").body ==
        R"({"agent":"1001","name":"anna","not_ready_reasons":["tea"],"queues":[],"role":"agent",)"
        R"("supervises":false})"
        "\n");
}

TEST_CASE("an order to an agent that cannot be carried out is answered with what is wrong") {
  House house;

  CHECK(house.told("max", "", "1009") == "404 there is no agent '1009'; there are: 1001, 1002");
  CHECK(house.told("anna", "") == "400 expected JSON: {\"do\": \"ready\"}");
  CHECK(house.told("anna", R"({"do": "sleep"})").starts_with("400 do: expected one of accept, cancel, "));
  CHECK(house.told("anna", R"({"do": "ready"})") == "409 agent 1001 is logged out: log in first");
  CHECK(house.told("anna", R"({"do": "not_ready"})") ==
        "400 reason: expected text that is not empty, but it is missing");
  CHECK(house.told("anna", R"({"do": "ready", "reason": "tea"})") ==
        "400 reason: there is no such field here; there are: do");
  CHECK(house.told("anna", R"({"do": "extend", "by": "5s"})") ==
        "400 by: expected seconds, more than 0 and at most 86400, got \"5s\"");
  CHECK(house.told("ben", R"({"do": "force", "order": "fire", "why": "x"})") ==
        R"(400 order: expected "ready", "not_ready", "log_out" or "free", got "fire")");
  CHECK(house.told("ben", R"({"do": "force", "order": "ready"})") ==
        "400 why: expected text that is not empty, but it is missing");
  CHECK(house.told("ben", R"({"do": "skills", "skills": {"zh": -1}})") ==
        "400 skills.zh: expected a level from 0 to 1000000, got -1");
  CHECK(house.ask("POST", "max", "agents").body == "{\"error\":\"only GET is served here\"}\n");
}

}  // namespace vcsr

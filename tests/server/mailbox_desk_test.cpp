// SPDX-License-Identifier: Apache-2.0
#include "server/mailbox_desk.hpp"

#include <doctest/doctest.h>

#include "temporary_folder.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

constexpr const char* config_text = R"(
[voice]
synthesizer = "none"
[[mailbox]]
name = "anna"
phone = "sip:1001"
[[mailbox]]
name = "sales"
[[queue]]
name = "service"
[[agent]]
id = "1001"
queues = ["service"]
)";

Config on_loop() {
  Config config = parse_config(config_text, "bank.toml", "/srv/bank");
  config.recordings.worker = Worker::Mode::on_loop;
  return config;
}

Stores stores_in(Loop& loop, const std::string& recordings) {
  Stores stores = open_memory_stores(loop);
  stores.recordings = recordings;
  return stores;
}

/// A center with the mailboxes of anna's telephone and of the queue "sales", one message in each.
struct House {
  explicit House(std::string folder = "") : recordings(std::move(folder)) {
    for (const char* name : {"anna", "sales"})
      site.journal().append(events::voicemail_left, "c",
                            {{"mailbox", name}, {"message", std::string("for ") + name}, {"length", 4.5}});
    Scope scope(loop);
    auto recover = [](Center& center) -> Task<> { co_await center.recover(); };
    scope.spawn(recover(site.center()));
    loop.run_for(0s);
  }

  HttpResponse ask(const std::string& method, const std::string& user, const std::string& path,
                   const std::string& body = "") {
    HttpRequest request;
    request.method = method;
    request.path = "/api/mailboxes" + path;
    request.authorization = "Bearer " + user + "-token";
    request.body = body;
    HttpResponse response = desk.answer(request);
    if (!response.later) return response;
    std::optional<HttpResponse> later;
    response.later([&later](HttpResponse told) { later = std::move(told); });
    loop.run_for(1s);
    REQUIRE(later.has_value());
    return *std::move(later);
  }
  HttpResponse get(const std::string& user) { return ask("GET", user, ""); }
  HttpResponse post(const std::string& user, const std::string& path,
                    const std::string& body = R"({"do": "heard"})") {
    return ask("POST", user, "/" + path, body);
  }
  /// The names of those that are seen.
  std::string seen(const std::string& user) {
    std::string names;
    for (const char* name : {"anna", "sales"})
      if (get(user).body.find("\"for " + std::string(name) + "\"") != std::string::npos)
        names += std::string(name) + " ";
    return names;
  }

  const std::string recordings;  ///< "": none are kept
  SimLoop loop;
  Site site{loop, on_loop(), built_in_flows(), stores_in(loop, recordings), Log()};
  MailboxDesk desk{
      loop,
      site,
      {{.name = "anna", .role = UserRole::agent, .token = Secret("anna-token"), .agent = "1001"},
       {.name = "ben", .role = UserRole::supervisor, .token = Secret("ben-token"), .queues = {"sales"}},
       {.name = "eva", .role = UserRole::supervisor, .token = Secret("eva-token"), .queues = {"service"}},
       {.name = "ida", .role = UserRole::auditor, .token = Secret("ida-token")},
       {.name = "max", .role = UserRole::administrator, .token = Secret("max-token")}}};
};

}  // namespace

TEST_CASE("everybody sees the mailboxes that concern them, and strangers none") {
  House house;

  CHECK(house.seen("anna") == "anna ");
  CHECK(house.seen("ben") == "sales ");
  CHECK(house.seen("eva") == "anna ");
  CHECK(house.seen("ida") == "anna sales ");
  CHECK(house.seen("max") == "anna sales ");
  CHECK(house.get("thief").status == 401);
  CHECK(house.get("thief").body == "expected a user's token: Authorization: Bearer …\n");
}

TEST_CASE("a message is marked as heard, and taken off the list") {
  House house;

  const HttpResponse heard = house.post("anna", "anna/messages/for anna");
  CHECK(heard.status == 200);
  CHECK(heard.body.find("\"heard\":true") != std::string::npos);
  CHECK(house.site.center().mailbox("anna").messages().at(0).heard);

  CHECK(house.post("ben", "sales/messages/for sales", R"({"do": "remove"})").status == 200);
  CHECK(house.site.center().mailbox("sales").messages().empty());
}

TEST_CASE("nobody changes what is another's, nor an auditor anything") {
  House house;

  const HttpResponse others = house.post("anna", "sales/messages/for sales");
  CHECK(others.status == 404);
  CHECK(others.body == "anna has no mailbox 'sales'\n");
  CHECK(house.post("ben", "anna/messages/for anna").status == 404);
  const HttpResponse auditor = house.post("ida", "sales/messages/for sales");
  CHECK(auditor.status == 403);
  CHECK(auditor.body == "ida (auditor) lacks the right \"note\"\n");
  CHECK(house.post("thief", "sales/messages/for sales").status == 401);
  CHECK_FALSE(house.site.center().mailbox("sales").messages().at(0).heard);
}

TEST_CASE("messages are heard by those whom their mailbox concerns, and others learn nothing of them") {
  House house;
  const auto listen = [&house](const char* user, const std::string& path) {
    const HttpResponse response = house.ask("GET", user, "/" + path + "/audio");
    return std::to_string(response.status) + " " + response.body;
  };
  const std::string kept = "503 this center keeps no recordings\n";
  const std::string refused = "403 anna (agent) may hear the messages of own mailboxes only\n";

  CHECK(listen("anna", "anna/messages/for anna") == kept);
  CHECK(listen("eva", "anna/messages/for anna") == kept);
  CHECK(listen("ida", "sales/messages/for sales") == kept);
  CHECK(listen("anna", "sales/messages/for sales") == refused);
  CHECK(listen("anna", "sales/messages/none") == refused);
  CHECK(listen("anna", "none/messages/none") == refused);
  CHECK(listen("eva", "sales/messages/for sales") ==
        "403 eva (supervisor) may hear the messages of own mailboxes only\n");
  CHECK(listen("anna", "anna/messages/none") == "404 there is no message 'none' in mailbox 'anna'\n");
  CHECK(listen("thief", "anna/messages/for anna") ==
        "401 expected a user's token: Authorization: Bearer …\n");
  CHECK(house.ask("POST", "anna", "/anna/messages/for anna/audio").status == 405);
}

TEST_CASE("who asks for a message that is not in the archive yet is told to ask again") {
  const TemporaryFolder folder;
  House house(folder.path());

  const HttpResponse response = house.ask("GET", "anna", "/anna/messages/for anna/audio");

  CHECK(response.status == 503);
  CHECK(response.body == "message 'for anna' is not in the archive yet; ask again in a moment\n");
}

TEST_CASE("an order for a message that cannot be carried out is answered in words") {
  House house;
  const auto answer = [&](const char* path, const char* body) {
    const HttpResponse response = house.post("max", path, body);
    return std::to_string(response.status) + " " + response.body;
  };

  CHECK(answer("sales/messages/none", R"({"do": "heard"})") ==
        "404 there is no message 'none' in mailbox 'sales'\n");
  CHECK(answer("sales", R"({"do": "heard"})") ==
        "404 there is no /api/mailboxes/sales; try /api/mailboxes\n");
  CHECK(answer("sales/messages/for sales", "") == "400 expected JSON: {\"do\": \"heard\"}\n");
  CHECK(answer("sales/messages/for sales", R"({"do": "burn"})") ==
        "400 do: expected \"heard\" or \"remove\", got \"burn\"\n");
  CHECK(answer("sales/messages/for sales", R"({"say": "heard"})") ==
        "400 say: there is no such field; there is: do\n");
  CHECK(house.ask("GET", "max", "/sales").status == 405);
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "server/caller_list_desk.hpp"

#include <doctest/doctest.h>

#include "vcsr/journal_events.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

/// A center with a blacklist, and somebody of each role.
struct House {
  House() { center.add_caller_list({.name = "nuisance"}); }

  HttpResponse ask(const std::string& method, const std::string& user, const std::string& path,
                   const std::string& body = "") {
    HttpRequest request;
    request.method = method;
    request.path = "/api/caller-lists" + path;
    request.authorization = "Bearer " + user + "-token";
    request.body = body;
    return desk.answer(request);
  }
  HttpResponse post(const std::string& body, const std::string& user = "wu") {
    return ask("POST", user, "/nuisance", body);
  }
  std::vector<CallerEntry> entries() { return center.caller_list("nuisance").entries(); }

  SimLoop loop{1, parse_wall_time("2026-11-22T09:00:00.000Z")};
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
  std::unique_ptr<CustomerStore> customers = make_memory_customers(loop);
  Center center{loop, *journal, *customers};
  CallerListDesk desk{loop,
                      center,
                      {{.name = "wu", .role = UserRole::supervisor, .token = Secret("wu-token")},
                       {.name = "anna", .role = UserRole::agent, .token = Secret("anna-token")},
                       {.name = "audit", .role = UserRole::auditor, .token = Secret("audit-token")}}};
};

}  // namespace

TEST_CASE("a supervisor puts a number on a list for a day and takes it off again") {
  House house;

  const HttpResponse added =
      house.post(R"({"do": "add", "number": "0086 138*", "reason": "nuisance", "for": 86400})");
  CHECK(added.status == 200);
  CHECK(
      added.body ==
      R"([{"entries":[{"by":"wu","number":"+86138*","reason":"nuisance","since":"2026-11-22T09:00:00.000Z",)"
      R"("until":"2026-11-23T09:00:00.000Z"}],"kind":"blocked","name":"nuisance"}])"
      "\n");
  CHECK(house.entries().size() == 1);
  CHECK(house.post(R"({"do": "remove", "number": "+86138*", "reason": "a mistake"})").status == 200);
  CHECK(house.entries().empty());
}

TEST_CASE("an auditor may see lists of callers and not change them, an agent neither") {
  House house;
  const char* add = R"({"do": "add", "number": "+8613800138000"})";

  CHECK(house.ask("GET", "audit", "").status == 200);
  CHECK(house.post(add, "audit").status == 403);
  CHECK(house.ask("GET", "anna", "").body == "anna (agent) may not see lists of callers\n");
  CHECK(house.post(add, "anna").status == 403);
  CHECK(house.ask("GET", "nobody", "").status == 401);
  CHECK(house.ask("POST", "wu", "").status == 405);
  CHECK(house.entries().empty());
}

TEST_CASE("an order that cannot be carried out is answered with what is wrong") {
  House house;
  const auto answer = [&house](const char* body) { return house.post(body).body; };

  CHECK(answer("") ==
        "expected JSON: {\"do\": \"add\", \"number\": \"+86138*\", \"reason\": \"nuisance\"}\n");
  CHECK(answer(R"({"do": "ban", "number": "+86"})") == "do: expected \"add\" or \"remove\", got \"ban\"\n");
  CHECK(answer(R"({"do": "add", "phone": "+86"})") ==
        "phone: there is no such field; there are: do, number, reason, for, until\n");
  CHECK(answer(R"({"do": "add", "number": "+8613", "for": 0})") ==
        "for: expected a whole number of seconds from 1, got 0\n");
  CHECK(answer(R"({"do": "add", "number": "+8613", "for": 1, "until": "2027-01-01T00:00:00.000Z"})") ==
        "expected either for or until\n");
  CHECK(house.post(R"({"do": "remove", "number": "+8613"})").status == 404);
  CHECK(house.ask("POST", "wu", "/spam", R"({"do": "remove", "number": "+8613"})").status == 404);
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "server/figures_desk.hpp"

#include <doctest/doctest.h>

#include "vcsr/journal_events.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

constexpr const char* config_text = R"(
[voice]
synthesizer = "none"
[[queue]]
name = "gold, \"first\""
service_level = "20s"
)";

struct House {
  /// A contact that came at 8:59:50 was answered half a minute later; an agent is ready since 9:00.
  House() {
    loop.run_for(0s);
    site.journal().append(events::contact_queued, "c1", {{"queue", queue}, {"position", 1}});
    loop.run_for(10s);
    site.journal().append(events::agent_state, "1001", {{"state", "ready"}, {"before", "logged_out"}});
    loop.run_for(20s);
    site.journal().append(events::contact_left_queue, "c1",
                          {{"queue", queue}, {"result", "answered"}, {"waited", 30.0}});
    loop.run_for(0s);
  }

  HttpResponse get(const std::string& target, const std::string& user = "ida") {
    HttpParser parser;
    parser.feed("GET /api/figures" + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + user +
                "-token\r\n\r\n");
    return desk.answer(parser.take());
  }
  Value::Map json(const std::string& target) { return *from_json(get(target).body).get_if<Value::Map>(); }
  Value::Map queue_in(const std::string& target) {
    return *json(target).at("queues").get_if<Value::List>()->at(0).get_if<Value::Map>();
  }
  static std::string figure(const Value& of, const char* name) {
    return of.get_if<Value::Map>()->at(name).text();
  }

  const std::string queue = "gold, \"first\"";
  SimLoop loop{1, parse_wall_time("2026-11-22T08:59:50.000Z")};
  Site site{loop, parse_config(config_text, "bank.toml", "/srv/bank"), built_in_flows(),
            open_memory_stores(loop)};
  FiguresDesk desk{site,
                   {{.name = "anna", .role = UserRole::agent, .token = Secret("anna-token"), .agent = "1001"},
                    {.name = "ida", .role = UserRole::auditor, .token = Secret("ida-token")}}};
};

}  // namespace

TEST_CASE("key figures are told by interval and together, each formula by its name") {
  House house;

  const Value::Map told = house.json("");
  CHECK(told.at("since") == Value("2026-11-21T00:00:00.000Z"));
  CHECK(told.at("complete") == Value(true));
  CHECK(told.at("interval") == Value(1800.0));
  const Value::Map queue = house.queue_in("");
  CHECK(queue.at("queue") == Value(house.queue));
  const Value& total = queue.at("total");
  CHECK(House::figure(total, "answered") == "1");
  CHECK(House::figure(total, "asa") == "30.0");
  CHECK(total.get_if<Value::Map>()->at("sl_offered") == Value(0.0));
  CHECK(total.get_if<Value::Map>()->at("time_to_abandon").is_null());
  const Value agent = told.at("agents").get_if<Value::List>()->at(0).get_if<Value::Map>()->at("total");
  CHECK(House::figure(agent, "ready") == "20.0");
}

TEST_CASE("a contact belongs to the interval in which it is answered, or in which it came") {
  House house;
  const auto answered = [&house](const char* target) {
    std::string counts;
    const Value::Map queue = house.queue_in(target);
    for (const Value& one : *queue.at("intervals").get_if<Value::List>())
      counts += House::figure(one, "begins").substr(11, 5) + " " + House::figure(one, "answered") + " ";
    return counts;
  };

  CHECK(answered("?by=end") == "08:30 0 09:00 1 ");
  CHECK(answered("?by=enqueue").starts_with("08:30 1 "));
}

TEST_CASE("key figures come as CSV, with names quoted as they must be") {
  House house;

  const HttpResponse queues = house.get("/queues.csv");
  CHECK(queues.type == "text/csv; charset=utf-8");
  CHECK(queues.body.starts_with("queue,begins,length,waiting_at_start,waiting_at_end,offered,answered,"));
  CHECK(queues.body.find("\r\n\"gold, \"\"first\"\"\",\"2026-11-22T08:30:00.000Z\",1800.0,0,1,1,0,") !=
        std::string::npos);
  const HttpResponse agents = house.get("/agents.csv");
  CHECK(agents.body.find("\r\n\"1001\",\"2026-11-22T09:00:00.000Z\",1800.0,20.0,") != std::string::npos);
}

TEST_CASE("agents see no key figures, and an attribution that is none is refused") {
  House house;

  CHECK(house.get("", "anna").body == "{\"error\":\"anna (agent) may not see key figures\"}\n");
  CHECK(house.get("", "thief").status == 401);
  CHECK(house.get("?by=start").body ==
        "{\"error\":\"by: expected \\\"end\\\" or \\\"enqueue\\\", got \\\"start\\\"\"}\n");
}

}  // namespace vcsr

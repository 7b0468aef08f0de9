// SPDX-License-Identifier: Apache-2.0
#include "vcsr/connectors/http.hpp"

#include "connectors/small_server.hpp"
#include "store/journal/until.hpp"
#include "thrown.hpp"
#include "vcsr/base/together.hpp"

using namespace vcsr;
using namespace vcsr::testing;
using namespace std::chrono_literals;

namespace {

using Outcome = SourceAnswer::Outcome;

/// A back office that answers by what it is asked for.
void serve(SmallServer::Talk& talk) {
  const HttpRequest request = read_request(talk);
  const auto asked = [&request](const char* path) { return request.line.find(path) != std::string::npos; };
  if (asked("/customers/1%2F2")) answer(talk, 200, R"({"name":"Anna","points":7})");
  else if (asked("/customers/list")) answer(talk, 200, R"({"result":[{"n":1},{"n":2}]})");
  else if (asked("/customers/none")) answer(talk, 200, R"({"result":[]})");
  else if (asked("/customers/no")) answer(talk, 404, "{}");
  else if (asked("/customers/forbidden")) answer(talk, 403, "{}");
  else if (asked("/customers/wrong")) answer(talk, 422, "{}");
  else if (asked("/customers/broken")) answer(talk, 500, "{}");
  else if (asked("/customers/text")) answer(talk, 200, "<html>");
  else if (asked("/customers/cut")) talk.write("HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n{");
  else if (asked("/customers/slow")) talk.stall();
  else if (asked("POST /orders")) answer(talk, 200, request.body);
  else if (asked("/who")) {
    const bool right = request.header.find("Authorization: Bearer s3cret\r\n") != std::string::npos &&
                       request.header.find("X-Branch: 7\r\n") != std::string::npos;
    answer(talk, 200, right ? R"({"right":true})" : "{}");
  }
}

struct Office {
  SmallServer server{serve};
  AsioLoop loop;
  std::unique_ptr<DataSource> source =
      make_http_source(loop, {.name = "crm", .limit = 10s},
                       {.url = "http://127.0.0.1:" + std::to_string(server.port()),
                        .header = {{"X-Branch", "7"}},
                        .token = Secret("s3cret"),
                        .queries = {{"customer", {.path = "/customers/{id}"}},
                                    {"list", {.path = "/customers/{id}", .rows = "/result"}},
                                    {"order", {.method = "POST", .path = "/orders"}},
                                    {"who", {.path = "/who"}}}});

  SourceAnswer ask(const std::string& query, Facts parameters, Duration limit = 0s) {
    return outcome(loop, source->ask(query, std::move(parameters), limit));
  }
  SourceAnswer customer(const char* id) { return ask("customer", {{"id", id}}); }
};

}  // namespace

TEST_CASE("a web service's answer is rows, and parameters are escaped") {
  Office office;

  const SourceAnswer anna = office.customer("1/2");
  const SourceAnswer list = office.ask("list", {{"id", "list"}});

  CHECK(anna.outcome == Outcome::found);
  CHECK(anna.get("name") == Value("Anna"));
  CHECK(anna.get("points") == Value(7));
  CHECK(anna.get("age").is_null());
  REQUIRE(list.rows.size() == 2);
  CHECK(list.rows[1].at("n") == Value(2));
}

TEST_CASE("what is sent has the token, the header and the body") {
  Office office;

  const SourceAnswer who = office.ask("who", {});
  const SourceAnswer order = office.ask("order", {{"card", "gold"}, {"count", 2}});

  CHECK(who.get("right") == Value(true));
  CHECK(order.get("card") == Value("gold"));
  CHECK(order.get("count") == Value(2));
}

TEST_CASE("what a web service does wrong is an outcome with a reason") {
  Office office;
  const struct {
    const char* id;
    Outcome outcome;
    const char* why;
  } table[] = {
      {"no", Outcome::not_found, ""},
      {"forbidden", Outcome::refused, "crm answers 403 to customer: check its token"},
      {"wrong", Outcome::refused, "crm answers 422 to customer"},
      {"broken", Outcome::failed, "crm answers 500 to customer"},
      {"text", Outcome::failed, "crm does not answer JSON: "},
      {"cut", Outcome::failed, "crm cannot be reached: "},
  };

  for (const auto& row : table) {
    CAPTURE(row.id);
    const SourceAnswer answer = office.customer(row.id);
    CHECK(answer.outcome == row.outcome);
    CHECK(answer.why.starts_with(row.why));
  }
  CHECK(office.ask("list", {{"id", "none"}}).outcome == Outcome::not_found);
}

TEST_CASE("a service that stalls is late, and holds up neither the loop nor the next question") {
  Office office;
  int ticks = 0;
  std::function<void()> tick = [&] {
    ++ticks;
    office.loop.at(office.loop.now() + 5ms, tick);
  };
  office.loop.post(tick);

  const SourceAnswer slow = office.ask("customer", {{"id", "slow"}}, 200ms);
  const SourceAnswer next = office.customer("1/2");

  CHECK(slow.outcome == Outcome::late);
  CHECK(slow.why == "crm gave no answer within 200 ms");
  CHECK(ticks > 2);
  CHECK(next.found());
}

TEST_CASE("a question that is dropped ends, also while the service stalls") {
  Office office;
  std::optional<Scope> scope(std::in_place, office.loop);
  const auto ask = [](DataSource& source) -> Task<> {
    Facts parameters{{"id", "slow"}};
    co_await source.ask("customer", parameters);
  };
  scope->spawn(ask(*office.source));
  run_until(office.loop, [&] { return office.server.connections() == 1; });

  scope.reset();
  office.source.reset();  // joins its threads: the limit of 10 s is not waited for

  CHECK(office.server.connections() == 1);
}

TEST_CASE("a service that is not there has failed") {
  AsioLoop loop;
  const auto source =
      make_http_source(loop, {.name = "crm"}, {.url = "http://127.0.0.1:1", .queries = {{"a", {}}}});

  const SourceAnswer answer = outcome(loop, source->ask("a"));

  CHECK(answer.outcome == Outcome::failed);
  CHECK(answer.why.starts_with("crm cannot be reached: "));
}

TEST_CASE("a service that cannot be asked is refused when it is configured") {
  SimLoop loop;
  const auto refusal = [&loop](HttpService service) {
    return thrown(Error::Code::invalid, [&] { make_http_source(loop, {.name = "crm"}, service); });
  };

  CHECK(refusal({.url = "crm.example.com"}) ==
        "source crm: url: expected one such as \"https://crm.example.com/api\", got \"crm.example.com\"");
  CHECK(refusal({.url = "http://a"}) == "source crm has no queries: name at least one");
  CHECK(refusal({.url = "http://a", .queries = {{"q", {.method = "FETCH"}}}}) ==
        "source crm: query q: method: expected GET, POST, PUT, PATCH or DELETE, got \"FETCH\"");
  CHECK(refusal({.url = "http://a", .queries = {{"q", {.path = "x"}}}}) ==
        "source crm: query q: path: expected one such as \"/customers/{phone}\", got \"x\"");
  CHECK(refusal({.url = "http://a", .queries = {{"q", {.rows = "x"}}}}) ==
        "source crm: query q: rows: expected a JSON pointer such as \"/result\", got \"x\"");
}

// SPDX-License-Identifier: Apache-2.0
#include "core/identify_sources.hpp"

#include "core/world.hpp"
#include "vcsr/customer_context.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// A back office that thinks before it answers.
class SlowOffice final : public DataSource {
 public:
  SlowOffice(std::string name, Duration thinks, SourceAnswer answer)
      : name_(std::move(name)), thinks_(thinks), answer_(std::move(answer)) {}

  using DataSource::ask;
  const std::string& name() const override { return name_; }
  Task<SourceAnswer> ask(std::string query, Facts parameters, Duration limit) override {
    asked.push_back(query + to_json(parameters));
    const bool late = limit > Duration::zero() && limit < thinks_;
    co_await loop->sleep(late ? limit : thinks_);
    SourceAnswer answer = answer_;
    if (late) answer = {.outcome = SourceAnswer::Outcome::late, .rows = {}, .why = "too slow"};
    if (answer.why == "a bug") throw Error(Error::Code::invalid, answer.why);
    co_return answer;
  }

  Loop* loop = nullptr;
  std::vector<std::string> asked;

 private:
  const std::string name_;
  const Duration thinks_;
  const SourceAnswer answer_;
};

SourceAnswer found(Facts row) { return {.outcome = SourceAnswer::Outcome::found, .rows = {std::move(row)}}; }

struct Offices {
  std::shared_ptr<SlowOffice> crm =
      std::make_shared<SlowOffice>("crm", 2s, found({{"segment", "gold"}, {"balance", 120}}));
  std::shared_ptr<SlowOffice> host = std::make_shared<SlowOffice>("host", 3s, found({{"balance", 99}}));
  std::shared_ptr<SlowOffice> dead = std::make_shared<SlowOffice>("dead", 1h, found({{"never", 1}}));
  std::shared_ptr<SlowOffice> broken =
      std::make_shared<SlowOffice>("broken", 0s, SourceAnswer{.why = "a bug"});

  CenterOptions options() const {
    CenterOptions options;
    options.identify_sources = {{crm, "customer", {}, {}},
                                {host, "account", {"account"}, {}},
                                {dead, "customer", {}, 4s},
                                {broken, "customer", {}, {}}};
    return options;
  }
};

/// A world whose back offices think on its loop.
struct OfficeWorld : Offices, World {
  OfficeWorld() : World(options()) {
    for (const auto& office : {crm, host, dead, broken}) office->loop = &loop;
  }
};

}  // namespace

TEST_CASE(
    "the back offices are asked at the same time, and the slowest is waited for no longer than its limit") {
  OfficeWorld world;
  Duration took{};
  bool known = true;
  Facts collected;
  world.center.serve("8000", [&](Call call) -> Task<> {
    const Timestamp began = world.loop.now();
    known = co_await call.customer().identify();
    took = world.loop.now() - began;
    collected = call.customer().collected();
  });

  world.caller("13800000001", stays);
  world.loop.run();

  CHECK(took == 4s);
  CHECK_FALSE(known);
  CHECK(collected == Facts{{"segment", "gold"}, {"balance", 120}});
  CHECK(world.crm->asked ==
        std::vector<std::string>{R"(customer{"identity":"13800000001","phone":"13800000001"})"});
  CHECK(world.host->asked.empty());
  const auto entries = world.entries(events::source_asked);
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].data.at("source").text() == "broken");
  CHECK(entries[0].data.at("outcome").text() == "failed");
  CHECK(entries[0].data.at("why").text() == "a bug");
  CHECK(entries[1].data.at("outcome").text() == "found");
  CHECK(entries[1].data.at("took") == Value(2.0));
  CHECK(entries[2].data.at("outcome").text() == "late");
}

TEST_CASE("a source is asked for the identities it knows, and what it says is collected with its name") {
  OfficeWorld world;
  Origin origin, own;
  world.center.serve("8000", [&](Call call) -> Task<> {
    CustomerContext customer = call.customer();
    const Identity account("account", "6222");
    co_await customer.identify(account);
    customer.set("asked_for", "a card");
    origin = customer.origin("balance");
    own = customer.origin("asked_for");
  });

  world.caller("13800000001", stays);
  world.loop.run();

  CHECK(world.host->asked == std::vector<std::string>{R"(account{"account":"6222","identity":"6222"})"});
  CHECK(origin.source == "host");
  CHECK(own.source == "");
  const auto collected = world.entries(events::contact_collected);
  REQUIRE(collected.size() == 4);
  CHECK(collected[0].data.at("source").text() == "crm");
}

TEST_CASE("the agent's screen has what the back office knows before the agent answers") {
  OfficeWorld world;
  Queue queue = world.center.add_queue({.name = "service"});
  world.agent_in(queue, "1001", {.behavior = talks(5s)});
  world.center.serve("8000", [&, queue](Call call) -> Task<> {
    co_await call.customer().identify();
    call.customer().suggest("offer the gold card");
    Queue line = queue;
    co_await line.serve(call, Reason("lost card"));
  });

  world.caller("13800000001", stays);
  world.loop.run();

  const auto offers = world.entries(events::contact_offered);
  const auto connected = world.entries(events::contact_connected);
  REQUIRE(offers.size() == 1);
  REQUIRE(connected.size() == 1);
  CHECK(offers[0].number < connected[0].number);
  const Facts& pop = *offers[0].data.at("pop").get_if<Facts>();
  CHECK(to_json(pop.at("collected")) == R"({"balance":120,"segment":"gold"})");
  CHECK(to_json(pop.at("origins")).find(R"("balance":{"confidence":1.0,"source":"crm"})") !=
        std::string::npos);
  CHECK(pop.at("suggestion").text() == "offer the gold card");
}

TEST_CASE("a caller who leaves while the back office thinks leaves nothing behind") {
  OfficeWorld world;
  bool went_on = false;
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    co_await call.customer().identify();
    co_await call.say("welcome");
    went_on = true;
  });

  world.caller("13800000001", [](SimParty caller) -> Task<> { co_await caller.wait(1s); });
  world.loop.run();

  CHECK_FALSE(went_on);
  CHECK(world.center.calls() == 0);
}

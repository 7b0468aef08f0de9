// SPDX-License-Identifier: Apache-2.0
#include "vcsr/customer_context.hpp"
#include "checked_journal.hpp"

#include "core/world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

struct Folder : World {
  Folder() {
    Customer anna{.id = {},
                  .name = "Anna Li",
                  .language = "zh",
                  .identities = {{"phone", "13800000001"}, {"account", "6222"}},
                  .indicators = {{"segment", "vip"}}};
    Scope scope(loop);
    auto save = [](CustomerStore& store, Customer customer) -> Task<> {
      co_await store.save(std::move(customer));
    };
    scope.spawn(save(*customers, anna));
    loop.run();
  }
};

}  // namespace

TEST_CASE("a customer is recognized by the number, and spoken to in her language") {
  Folder world;
  bool known = false;
  std::string name, language;
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    CustomerContext customer = call.customer();
    known = co_await customer.identify();
    name = customer.name();
    language = call.contact().language();
  });

  world.caller("13800000001", stays);
  world.loop.run();

  CHECK(known);
  CHECK(name == "Anna Li");
  CHECK(language == "zh");
  CHECK(world.entries(events::contact_identified).size() == 1);
}

TEST_CASE("a stranger stays a stranger until she tells who she is") {
  Folder world;
  std::vector<bool> known;
  world.center.serve("8000", [&](Call call) -> Task<> {
    CustomerContext customer = call.customer();
    const bool by_number = co_await customer.identify();
    const Identity account("account", "6222");
    const bool by_account = co_await customer.identify(account);
    known = {by_number, by_account};
  });

  world.caller("555", stays);
  world.loop.run();

  CHECK(known == std::vector<bool>{false, true});
}

TEST_CASE("what is collected goes to the rules, to the agent's screen and into the history") {
  Folder world;
  Facts facts;
  Queue queue = world.center.add_queue({.name = "service"});
  world.agent_in(queue, "1001", {.behavior = talks(5s)});
  world.center.serve("8000", [&, queue](Call call) -> Task<> {
    co_await call.answer();
    CustomerContext customer = call.customer();
    co_await customer.identify();
    customer.set("asked_for", "mortgage");
    facts = customer.facts();
    Queue line = queue;
    co_await line.serve(call, Reason("wants a mortgage"));
  });

  world.caller("13800000001", stays);
  world.loop.run();
  world.caller("13800000001", stays);
  world.loop.run();

  CHECK(facts.at("segment").text() == "vip");
  CHECK(facts.at("asked_for").text() == "mortgage");
  CHECK(facts.at("contacts") == Value(1));
  const auto offers = world.entries(events::contact_offered);
  REQUIRE(offers.size() == 2);
  const Value::Map& pop = *offers[1].data.at("pop").get_if<Value::Map>();
  CHECK(pop.at("reason").text() == "wants a mortgage");
  CHECK(pop.at("name").text() == "Anna Li");
  CHECK(to_json(pop.at("collected")) == R"({"asked_for":"mortgage"})");
  const Value::List& history = *pop.at("history").get_if<Value::List>();
  REQUIRE(history.size() == 1);
  CHECK(history[0].get_if<Value::Map>()->at("reason").text() == "wants a mortgage");
}

namespace {

/// A store that cannot serve.
class BrokenStore final : public CustomerStore {
 public:
  explicit BrokenStore(Loop& loop) : loop_(loop) {}
  Task<std::optional<Customer>> find(Identity) override { return broken<std::optional<Customer>>(loop_); }
  Task<std::string> save(Customer) override { return broken<std::string>(loop_); }
  Task<std::vector<ContactRecord>> history(std::string, std::size_t) override {
    return broken<std::vector<ContactRecord>>(loop_);
  }
  Task<> keep(ContactRecord) override {
    co_await loop_.sleep(1s);
    throw Error(Error::Code::unavailable, "center.db is locked");
  }
  Task<std::optional<ContactRecord>> contact(std::string) override {
    return broken<std::optional<ContactRecord>>(loop_);
  }

 private:
  template <class T>
  static Task<T> broken(Loop& loop) {
    co_await loop.sleep(1s);
    throw Error(Error::Code::unavailable, "center.db is locked");
  }
  Loop& loop_;
};

}  // namespace

TEST_CASE("a store that cannot serve stops no dialogue, and is complained about") {
  SimLoop loop;
  auto journal = make_checked_journal(loop);
  BrokenStore customers(loop);
  std::vector<std::string> lines;
  Log log(loop, {.sink = [&](std::string_view line) { lines.emplace_back(line); }});
  Center center(loop, *journal, customers, {.log = log});
  auto driver = std::make_unique<SimDriver>();
  SimDriver& phones = *driver;
  center.add(std::move(driver));
  bool went_on = false;
  center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    const bool known = co_await call.customer().identify();
    went_on = !known;
  });

  phones.call("sim:anna", "sim:8000", stays);
  loop.run();

  CHECK(went_on);
  CHECK(center.calls() == 0);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].find("center.db is locked") != std::string::npos);
  CHECK(lines[1].find("a contact's record is not in the store") != std::string::npos);
}

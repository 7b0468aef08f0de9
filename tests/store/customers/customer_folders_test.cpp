// SPDX-License-Identifier: Apache-2.0
#include "vcsr/customer_folders.hpp"

#include "store/customers/customer_store_contract.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;

namespace {

struct Folders {
  SimLoop loop;
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
  std::unique_ptr<CustomerStore> store = make_memory_customers(loop);
  CustomerFolders folders{*journal, *store};

  template <class T>
  T run(Task<T> task) {
    return outcome(loop, std::move(task));
  }
  std::vector<JournalEntry> entries() { return run(journal->read(1, SIZE_MAX)); }
};

}  // namespace

TEST_CASE("every change of a folder is in the journal, with who made it and why") {
  Folders world;
  const std::string kept = world.run(world.folders.save(li_lei(), {.by = "anna"}));
  const std::string merged = world.run(world.folders.save(han_meimei(), {.by = "anna"}));
  world.run(world.folders.merge(kept, merged, {.by = "anna", .why = "same mail"}));
  world.run(world.folders.unmerge(merged, {.by = "otto", .why = "two brothers"}));
  world.run(world.folders.exported(kept, {.by = "otto"}));
  world.run(world.folders.erase(kept, {.by = "otto", .why = "asked for it"}));

  const std::vector<JournalEntry> entries = world.entries();
  REQUIRE(entries.size() == 6);
  CHECK(entries[0].type == events::customer_created);
  CHECK(entries[2].type == events::customer_merged);
  CHECK(entries[2].subject == kept);
  CHECK(entries[2].data == Facts{{"merged", merged}, {"by", "anna"}, {"why", "same mail"}});
  CHECK(entries[3].type == events::customer_unmerged);
  CHECK(entries[3].data == Facts{{"merged", merged}, {"by", "otto"}, {"why", "two brothers"}});
  CHECK(entries[4].type == events::customer_exported);
  CHECK(entries[5].type == events::customer_erased);
  CHECK(entries[5].data == Facts{{"by", "otto"}, {"why", "asked for it"}});
}

TEST_CASE("what is refused leaves nothing in the journal") {
  Folders world;
  const std::string id = world.run(world.store->save(li_lei()));

  CHECK(message_of(world.loop, world.folders.merge(id, "x", {}), Error::Code::not_found) ==
        "there is no customer 'x'");
  CHECK(message_of(world.loop, world.folders.erase("x", {}), Error::Code::not_found) ==
        "there is no customer 'x'");
  CHECK(message_of(world.loop, world.folders.find({"mail", "a@b"}), Error::Code::not_found) ==
        "there is no customer of mail 'a@b'");
  CHECK(world.entries().empty());
}

TEST_CASE("an export has everything that is kept of the customer") {
  Folders world;
  const std::string kept = world.run(world.store->save(whole_folder()));
  const std::string merged = world.run(world.store->save(han_meimei()));
  world.run(world.store->merge(kept, merged, "anna", ""));
  world.run(world.store->keep(contact_at("c-1", merged, 1)));

  const Facts everything = world.run(world.folders.exported(merged, {.by = "otto"}));

  const std::string json = to_json(everything);
  for (const char* part :
       {"李雷", "6222-01", "6222-02", "喜欢短信", "1990-05-31", "lost card", "c-1", "anna"}) {
    CAPTURE(part);
    CHECK(json.find(part) != std::string::npos);
  }
}

TEST_CASE("a role sees of a folder what it may see") {
  const Customer customer = whole_folder();

  const std::string agent = to_json(folder_for(customer, customer_view("agent")));
  const std::string analyst = to_json(folder_for(customer, customer_view("analyst")));
  const std::string own = to_json(folder_for(
      customer, {.hidden = {"identities.account", "profile.mail"}, .masked = {"name", "profile.birthday"}}));

  CHECK(agent.find("6222-01") == std::string::npos);
  CHECK(agent.find("…01") != std::string::npos);
  CHECK(agent.find("+86 138-0000-0001") != std::string::npos);
  CHECK(agent.find("喜欢短信") != std::string::npos);
  CHECK(analyst.find("李雷") == std::string::npos);
  CHECK(analyst.find("0001") == std::string::npos);
  CHECK(analyst.find("VIP") != std::string::npos);
  CHECK(own.find("account") == std::string::npos);
  CHECK(own.find("李雷") == std::string::npos);
  CHECK(own.find("…31") != std::string::npos);
  CHECK(own.find("example.com") == std::string::npos);
  CHECK_THROWS_WITH_AS(customer_view("boss"),
                       "there is no role 'boss'; there are: admin, agent, analyst, supervisor", Error);
}

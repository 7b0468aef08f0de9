// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/journal/until.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr {

inline Customer li_lei() {
  return {.name = "李雷",
          .language = "zh",
          .identities = {{"phone", "+86 138-0000-0001"}, {"account", "6222-01"}},
          .indicators = {{"segment", "VIP"}, {"risk", 2}}};
}

inline ContactRecord contact_at(std::string id, std::string customer, int minute) {
  return {.id = std::move(id),
          .customer = std::move(customer),
          .channel = "voice",
          .from = "+8613800000001",
          .to = "95588",
          .began = WallTime(std::chrono::minutes(minute)),
          .length = std::chrono::seconds(90),
          .waited = std::chrono::milliseconds(1500),
          .talked = std::chrono::microseconds(60'000'001),
          .queue = "cards",
          .agent = "1001",
          .reason = "lost card",
          .outcome = "served",
          .recordings = {"2026/a.wav", "2026/b \"2\".wav"},
          .attributes = {{"card", "…0001"}, {"tries", 2}},
          .direction = "out",
          .held = std::chrono::seconds(7),
          .legs = {{.number = 1, .role = "customer", .cause = "normal"},
                   {.number = 2,
                    .role = "party",
                    .party = "sip:1001",
                    .agent = "1001",
                    .offered = WallTime(std::chrono::seconds(60)),
                    .ended = WallTime(std::chrono::seconds(70)),
                    .answered = WallTime(std::chrono::seconds(61)),
                    .rang = std::chrono::seconds(1),
                    .talked = std::chrono::microseconds(8'999'999),
                    .held = std::chrono::microseconds(1),
                    .cause = "normal"}}};
}

template <class AnyLoop, class T>
std::string message_of(AnyLoop& loop, Task<T> task, Error::Code code) {
  try {
    outcome(loop, std::move(task));
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  return "nothing was thrown";
}

/// A folder with something in every part.
inline Customer whole_folder() {
  Customer customer = li_lei();
  const WallTime may = WallTime(std::chrono::hours(24 * 365 * 50));
  customer.profile = {{"birthday", "1990-05-31"}, {"mail", "lilei@example.com"}};
  customer.attributes = {{"branch", 7}};
  customer.prefers = {.agent = "1001", .channel = "voice", .times = {"Mo-Fr 18:00-20:00"}};
  customer.consents = {{.purpose = "recording", .given = true, .at = may, .how = "key 1"}};
  customer.notes = {{.at = may, .by = "1001", .text = "喜欢短信"}};
  customer.matters = {{.id = "m-1",
                       .title = "lost card",
                       .opened = may,
                       .due = may + std::chrono::hours(48),
                       .closed = may + std::chrono::hours(2),
                       .owner = "1001",
                       .contact = "c-1",
                       .result = "replaced",
                       .details = {{"card", "…0001"}}},
                      {.id = "m-2", .title = "complaint", .opened = may}};
  customer.provisional = true;
  return customer;
}

inline Customer han_meimei() {
  return {.name = "李雷",
          .language = "en",
          .identities = {{"mail", "LiLei@Example.com"}, {"account", "6222-02"}},
          .indicators = {{"segment", "new"}, {"value", 10}},
          .profile = {{"birthday", "1990-05-31"}},
          .notes = {{.at = WallTime(std::chrono::hours(1)), .by = "web", .text = "asked for a card"}},
          .matters = {{.id = "m-1", .title = "new card", .opened = WallTime(std::chrono::hours(1))}}};
}

/// Folders by id as the store has them now.
template <class AnyLoop>
Customer folder_of(AnyLoop& loop, CustomerStore& store, const std::string& id) {
  const std::optional<Customer> found = outcome(loop, store.find({"customer", id}));
  REQUIRE(found);
  return *found;
}

/// What every store of customers promises; `store` is empty and runs on `loop`.
template <class AnyLoop>
void check_customer_store_contract(AnyLoop& loop, CustomerStore& store) {
  SUBCASE("a customer is found by each identity, with everything that was saved") {
    const std::string id = outcome(loop, store.save(li_lei()));
    const std::optional<Customer> by_phone =
        outcome(loop, store.find({"phone", "sip:008613800000001@192.0.2.1"}));
    const std::optional<Customer> by_account = outcome(loop, store.find({"account", "6222-01"}));

    CHECK(id != "");
    REQUIRE(by_phone);
    CHECK(by_phone->id == id);
    CHECK(by_phone->name == "李雷");
    CHECK(by_phone->language == "zh");
    CHECK(by_phone->identities == li_lei().identities);
    CHECK(by_phone->indicators == li_lei().indicators);
    REQUIRE(by_account);
    CHECK(by_account->id == id);
  }

  SUBCASE("strangers are not found") {
    outcome(loop, store.save(li_lei()));

    CHECK_FALSE(outcome(loop, store.find({"phone", "13900000000"})));
    CHECK_FALSE(outcome(loop, store.find({"account", "8613800000001"})));
    CHECK_FALSE(outcome(loop, store.find({"phone", "sip:anonymous@anonymous.invalid"})));
  }

  SUBCASE("saving again replaces the customer and frees the identities that are gone") {
    Customer customer = li_lei();
    customer.id = outcome(loop, store.save(customer));
    customer.name = "Li Lei";
    customer.identities = {{"phone", "13900000009"}};

    const std::string id = outcome(loop, store.save(customer));
    const std::optional<Customer> found = outcome(loop, store.find({"phone", "13900000009"}));
    const std::optional<Customer> old = outcome(loop, store.find({"account", "6222-01"}));

    CHECK(id == customer.id);
    REQUIRE(found);
    CHECK(found->name == "Li Lei");
    CHECK(found->identities.size() == 1);
    CHECK_FALSE(old);
  }

  SUBCASE("an identity of somebody else is refused by name, and nothing is changed") {
    const std::string owner = outcome(loop, store.save(li_lei()));
    Customer other{.name = "Han Meimei",
                   .identities = {{"account", "6222-02"}, {"phone", "008613800000001"}}};

    const std::string message = message_of(loop, store.save(other), Error::Code::refused);
    const std::optional<Customer> half = outcome(loop, store.find({"account", "6222-02"}));

    CHECK(message == "phone '008613800000001' already belongs to customer '" + owner + "'");
    CHECK_FALSE(half);
  }

  SUBCASE("a phone without digits is no identity") {
    const Customer customer{.name = "Nobody", .identities = {{"phone", "anonymous"}}};

    const std::string message = message_of(loop, store.save(customer), Error::Code::invalid);

    CHECK(message ==
          "customer 'Nobody': identity phone 'anonymous': expected a kind and a value with digits");
  }

  SUBCASE("a kept contact is read as it was") {
    const ContactRecord kept = contact_at("c-1", "42", 5);

    outcome(loop, store.keep(kept));
    const std::optional<ContactRecord> found = outcome(loop, store.contact("c-1"));
    const std::optional<ContactRecord> none = outcome(loop, store.contact("c-2"));

    REQUIRE(found);
    CHECK(found->customer == "42");
    CHECK(found->channel == "voice");
    CHECK(found->from == kept.from);
    CHECK(found->to == kept.to);
    CHECK(found->began == kept.began);
    CHECK(found->length == kept.length);
    CHECK(found->waited == kept.waited);
    CHECK(found->talked == kept.talked);
    CHECK(found->queue == "cards");
    CHECK(found->agent == "1001");
    CHECK(found->reason == "lost card");
    CHECK(found->outcome == "served");
    CHECK(found->recordings == kept.recordings);
    CHECK(found->attributes == kept.attributes);
    CHECK(found->direction == kept.direction);
    CHECK(found->held == kept.held);
    CHECK(found->legs == kept.legs);
    CHECK_FALSE(none);
  }

  SUBCASE("history is the customer's own, newest first, and keeps the limit") {
    for (const int minute : {2, 9, 4, 7})
      outcome(loop, store.keep(contact_at("c-" + std::to_string(minute), "42", minute)));
    outcome(loop, store.keep(contact_at("other", "43", 8)));
    outcome(loop, store.keep(contact_at("stranger", "", 8)));

    const std::vector<ContactRecord> latest = outcome(loop, store.history("42", 3));
    const std::vector<ContactRecord> all = outcome(loop, store.history("42", SIZE_MAX));

    REQUIRE(latest.size() == 3);
    CHECK(latest[0].id == "c-9");
    CHECK(latest[1].id == "c-7");
    CHECK(latest[2].id == "c-4");
    CHECK(all.size() == 4);
    CHECK(outcome(loop, store.history("", 10)).empty());
    CHECK(outcome(loop, store.history("44", 10)).empty());
  }

  SUBCASE("keeping a record again replaces it, also when its customer was recognized later") {
    outcome(loop, store.keep(contact_at("c-1", "41", 5)));
    ContactRecord again = contact_at("c-1", "42", 6);
    again.outcome = "abandoned";

    outcome(loop, store.keep(again));
    const std::vector<ContactRecord> before = outcome(loop, store.history("41", 10));
    const std::vector<ContactRecord> now = outcome(loop, store.history("42", 10));

    CHECK(before.empty());
    REQUIRE(now.size() == 1);
    CHECK(now[0].outcome == "abandoned");
  }

  SUBCASE("a record without an id is not kept") {
    const std::string message = message_of(loop, store.keep(contact_at("", "42", 5)), Error::Code::invalid);

    CHECK(message == "contact record from '+8613800000001' has no id");
  }

  SUBCASE("every part of a folder is read as it was saved") {
    Customer customer = whole_folder();

    customer.id = outcome(loop, store.save(customer));

    CHECK(folder_of(loop, store, customer.id) == customer);
    CHECK(*outcome(loop, store.find({"account", "6222-01"})) == customer);
    CHECK_FALSE(outcome(loop, store.find({"customer", "nobody"})));
  }

  SUBCASE("a mail is the same in whatever case") {
    outcome(loop, store.save(han_meimei()));

    CHECK(outcome(loop, store.find({"mail", "lilei@example.COM"})));
  }

  SUBCASE("what cannot be kept of a folder is refused with the place") {
    const auto refusal = [&](Customer customer) {
      return message_of(loop, store.save(std::move(customer)), Error::Code::invalid);
    };

    CHECK(refusal({.name = "A", .identities = {{"mail", "nobody"}}}) ==
          "customer 'A': identity mail 'nobody': expected an address such as anna@example.com");
    CHECK(
        refusal({.name = "A", .identities = {{"customer", "7"}}}) ==
        "customer 'A': identity customer '7': \"customer\" is the folder's own id; name the kind otherwise");
    CHECK(refusal({.name = "A", .consents = {{.given = true}}}) ==
          "customer 'A': a consent has no purpose: say to what, such as \"recording\"");
    CHECK(refusal({.name = "A", .matters = {{.id = "1"}, {.id = "1"}}}) ==
          "customer 'A': two matters have the id '1': give each its own");
    CHECK(refusal({.name = "A", .matters = {{.title = "lost"}}}) ==
          "customer 'A': matter 'lost' has no id: give it one");
  }

  SUBCASE("folders of the same customer are found by what they share, the likeliest first") {
    Customer customer = whole_folder();
    customer.id = outcome(loop, store.save(customer));
    const std::string twin = outcome(loop, store.save(han_meimei()));
    const std::string namesake = outcome(loop, store.save({.name = "李雷"}));
    outcome(loop, store.save({.name = "Jim"}));

    const std::vector<CustomerMatch> matches = outcome(loop, store.matches(customer, 10));

    REQUIRE(matches.size() == 2);
    CHECK(matches[0].customer.id == twin);
    CHECK(matches[0].why == std::vector<std::string>{"mail", "name", "profile.birthday"});
    CHECK(matches[0].score == doctest::Approx(1 - 0.3 * 0.7 * 0.65));
    CHECK(matches[1].customer.id == namesake);
    CHECK(matches[1].why == std::vector<std::string>{"name"});
    CHECK(outcome(loop, store.matches(customer, 1)).size() == 1);
  }

  SUBCASE("two folders become one that is found by the identities of both, with the contacts of both") {
    const std::string kept = outcome(loop, store.save(li_lei()));
    const std::string merged = outcome(loop, store.save(han_meimei()));
    outcome(loop, store.keep(contact_at("c-1", kept, 1)));
    outcome(loop, store.keep(contact_at("c-2", merged, 2)));

    const Customer both = outcome(loop, store.merge(kept, merged, "anna", "same birthday"));
    outcome(loop, store.keep(contact_at("c-3", merged, 3)));

    CHECK(both.id == kept);
    CHECK(both.identities.size() == 4);
    CHECK(both.indicators == Facts{{"segment", "VIP"}, {"risk", 2}, {"value", 10}});
    CHECK(outcome(loop, store.find({"mail", "lilei@example.com"}))->id == kept);
    CHECK(folder_of(loop, store, merged) == both);
    for (const std::string& id : {kept, merged}) {
      const std::vector<ContactRecord> history = outcome(loop, store.history(id, 10));
      REQUIRE(history.size() == 3);
      CHECK(history[0].id == "c-3");
      CHECK(history[1].id == "c-2");
      CHECK(history[2].id == "c-1");
    }
    const std::vector<CustomerMerge> merges = outcome(loop, store.merges(merged));
    REQUIRE(merges.size() == 1);
    CHECK(merges[0].kept == kept);
    CHECK(merges[0].by == "anna");
    CHECK(merges[0].why == "same birthday");
  }

  SUBCASE("un-merging gives back exactly what was") {
    Customer first = whole_folder(), second = han_meimei();
    first.id = outcome(loop, store.save(first));
    second.id = outcome(loop, store.save(second));
    outcome(loop, store.keep(contact_at("c-1", first.id, 1)));
    outcome(loop, store.keep(contact_at("c-2", second.id, 2)));
    outcome(loop, store.merge(first.id, second.id, "anna", ""));

    const CustomerMerge undone = outcome(loop, store.unmerge(second.id));

    CHECK(undone.merged_before == second);
    CHECK(folder_of(loop, store, first.id) == first);
    CHECK(folder_of(loop, store, second.id) == second);
    CHECK(outcome(loop, store.find({"mail", "lilei@example.com"}))->id == second.id);
    CHECK(outcome(loop, store.history(first.id, 10)).size() == 1);
    CHECK(outcome(loop, store.history(second.id, 10)).at(0).id == "c-2");
    CHECK(outcome(loop, store.merges(first.id)).empty());
  }

  SUBCASE("what was changed since the merge stays with the kept folder") {
    Customer first = li_lei(), second = han_meimei();
    first.id = outcome(loop, store.save(first));
    second.id = outcome(loop, store.save(second));
    Customer both = outcome(loop, store.merge(first.id, second.id, "anna", ""));
    both.indicators["value"] = 99;
    both.indicators["risk"] = 5;
    both.notes.push_back({.at = WallTime(std::chrono::hours(2)), .by = "1002", .text = "moved"});
    both.identities.emplace_back("card", "4711");
    outcome(loop, store.save(both));

    outcome(loop, store.unmerge(second.id));
    const Customer now = folder_of(loop, store, first.id);

    CHECK(now.indicators == Facts{{"segment", "VIP"}, {"risk", 5}, {"value", 99}});
    REQUIRE(now.notes.size() == 1);
    CHECK(now.notes[0].text == "moved");
    CHECK(now.identities.size() == 3);
    CHECK(folder_of(loop, store, second.id) == second);
  }

  SUBCASE("merges of merges are undone the last one first, and each refusal says what to do") {
    const std::string a = outcome(loop, store.save({.name = "A"}));
    const std::string b = outcome(loop, store.save({.name = "B"}));
    const std::string c = outcome(loop, store.save({.name = "C"}));
    outcome(loop, store.merge(b, c, "", ""));
    outcome(loop, store.merge(a, b, "", ""));

    const auto refusal = [&](Task<CustomerMerge> task, Error::Code code) {
      return message_of(loop, std::move(task), code);
    };
    CHECK(refusal(store.unmerge(c), Error::Code::refused) ==
          "customer '" + c + "' cannot be un-merged yet: '" + b +
              "' was merged later; un-merge that one first");
    CHECK(refusal(store.unmerge(a), Error::Code::not_found) ==
          "customer '" + a + "' is not merged into another");
    CHECK(message_of(loop, store.merge(c, a, "", ""), Error::Code::refused) ==
          "customer '" + c + "' was merged into '" + a + "': use that one, or un-merge '" + c + "' first");
    CHECK(message_of(loop, store.merge(a, a, "", ""), Error::Code::invalid) ==
          "customer '" + a + "' cannot be merged with itself: name two customers");
    CHECK(message_of(loop, store.merge(a, "x", "", ""), Error::Code::not_found) ==
          "there is no customer 'x'");
    CHECK(message_of(loop, store.save({.id = c, .name = "C"}), Error::Code::refused) ==
          "customer '" + c + "' was merged into '" + a + "': use that one, or un-merge '" + c + "' first");
    outcome(loop, store.unmerge(b));
    outcome(loop, store.unmerge(c));
    CHECK(folder_of(loop, store, c).name == "C");
  }

  SUBCASE(
      "an identity that somebody else has meanwhile is in the way of un-merging, and nothing is changed") {
    const std::string kept = outcome(loop, store.save(li_lei()));
    const std::string merged = outcome(loop, store.save(han_meimei()));
    Customer both = outcome(loop, store.merge(kept, merged, "", ""));
    std::erase(both.identities, Identity("account", "6222-02"));
    outcome(loop, store.save(both));
    const std::string other =
        outcome(loop, store.save({.name = "Jim", .identities = {{"account", "6222-02"}}}));

    const std::string message = message_of(loop, store.unmerge(merged), Error::Code::refused);

    CHECK(message == "account '6222-02' already belongs to customer '" + other + "'");
    CHECK(folder_of(loop, store, merged) == both);
  }

  SUBCASE("who is erased is not found any more, and only figures are left of the contacts") {
    const std::string kept = outcome(loop, store.save(li_lei()));
    const std::string merged = outcome(loop, store.save(han_meimei()));
    outcome(loop, store.merge(kept, merged, "", ""));
    outcome(loop, store.keep(contact_at("c-1", kept, 1)));
    outcome(loop, store.keep(contact_at("c-2", merged, 2)));

    outcome(loop, store.erase(merged));

    CHECK_FALSE(outcome(loop, store.find({"customer", kept})));
    CHECK_FALSE(outcome(loop, store.find({"account", "6222-01"})));
    CHECK_FALSE(outcome(loop, store.find({"account", "6222-02"})));
    CHECK(outcome(loop, store.history(kept, 10)).empty());
    for (const char* id : {"c-1", "c-2"}) {
      const ContactRecord record = *outcome(loop, store.contact(id));
      CHECK(record.customer == "");
      CHECK(record.to == "");
      CHECK(record.reason == "");
      CHECK(record.attributes.empty());
      CHECK(record.talked == std::chrono::microseconds(60'000'001));
      CHECK(record.outcome == "served");
    }
    CHECK(message_of(loop, store.erase(kept), Error::Code::not_found) ==
          "there is no customer '" + kept + "'");
    CHECK(message_of(loop, store.unmerge(merged), Error::Code::not_found) ==
          "customer '" + merged + "' is not merged into another");
  }

  SUBCASE("what is older than is to be kept goes, by its kind") {
    const WallTime now = loop.wall_time();
    const auto ago = [now](int days) { return now - std::chrono::hours(24 * days); };
    Customer customer = li_lei();
    customer.notes = {{.at = ago(40), .text = "old"}, {.at = ago(2), .text = "new"}};
    customer.matters = {{.id = "1", .opened = ago(90), .closed = ago(60)}, {.id = "2", .opened = ago(90)}};
    customer.id = outcome(loop, store.save(customer));
    const std::string stranger = outcome(loop, store.save({.name = "?", .provisional = true}));
    const std::string recent = outcome(loop, store.save({.name = "!", .provisional = true}));
    const auto keep = [&](const char* id, const std::string& whose, int days) {
      ContactRecord record = contact_at(id, whose, 0);
      record.began = ago(days);
      outcome(loop, store.keep(record));
    };
    keep("old", customer.id, 400);
    keep("new", customer.id, 3);
    keep("lost", stranger, 100);
    keep("seen", recent, 3);

    const std::chrono::hours month(24 * 30);
    const Retention retention{.contacts = month * 12, .notes = month, .matters = month, .provisional = month};
    const std::size_t removed = outcome(loop, store.expire(retention));

    CHECK(removed == 4);
    const Customer left = folder_of(loop, store, customer.id);
    REQUIRE(left.notes.size() == 1);
    CHECK(left.notes[0].text == "new");
    REQUIRE(left.matters.size() == 1);
    CHECK(left.matters[0].id == "2");
    CHECK(outcome(loop, store.history(customer.id, 10)).size() == 1);
    CHECK(outcome(loop, store.contact("old"))->reason == "");
    CHECK_FALSE(outcome(loop, store.find({"customer", stranger})));
    CHECK(outcome(loop, store.find({"customer", recent})));
    CHECK(outcome(loop, store.expire({})) == 0);
  }
}

}  // namespace vcsr

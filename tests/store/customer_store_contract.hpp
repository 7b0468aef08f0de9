// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/until.hpp"
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
}

}  // namespace vcsr

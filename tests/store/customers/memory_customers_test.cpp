// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "store/customers/customer_store_contract.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;

TEST_CASE("the customers in memory keep the contract") {
  SimLoop loop;
  const std::unique_ptr<CustomerStore> store = make_memory_customers(loop);

  check_customer_store_contract(loop, *store);
}

TEST_CASE("custom attributes are of their types, and what is wrong is said") {
  SimLoop loop;
  const std::unique_ptr<CustomerStore> store =
      make_memory_customers(loop, {.attributes = {{"branch", AttributeType::whole},
                                                  {"since", AttributeType::date},
                                                  {"limit", AttributeType::number}}});
  const auto refusal = [&](Facts attributes) {
    return message_of(loop, store->save({.name = "A", .attributes = std::move(attributes)}),
                      Error::Code::invalid);
  };

  CHECK(refusal({{"colour", "red"}}) ==
        "customer 'A': attribute colour: there is no such attribute; there are: branch, limit, since");
  CHECK(refusal({{"branch", "7"}}) == "customer 'A': attribute branch: expected a whole number, got \"7\"");
  CHECK(refusal({{"since", "2024-02-30"}}) ==
        "customer 'A': attribute since: expected a date such as 1990-05-31, got \"2024-02-30\"");
  CHECK(refusal({{"since", "in May"}}) ==
        "customer 'A': attribute since: expected a date such as 1990-05-31, got \"in May\"");
  outcome(loop,
          store->save({.name = "A", .attributes = {{"branch", 7}, {"limit", 0.5}, {"since", "2024-02-29"}}}));
  outcome(loop, store->save({.name = "B", .attributes = {{"limit", 3}, {"branch", nullptr}}}));
}

TEST_CASE("in a region a number is the same with and without the code of its country") {
  SimLoop loop;
  const std::unique_ptr<CustomerStore> store = make_memory_customers(loop, {.region = "CN"});
  outcome(loop, store->save({.name = "A", .identities = {{"phone", "13800000001"}}}));

  CHECK(outcome(loop, store->find({"phone", "sip:+8613800000001@192.0.2.1"})));
  CHECK_FALSE(outcome(loop, store->find({"phone", "+4913800000001"})));
}

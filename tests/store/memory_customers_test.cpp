// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "store/customer_store_contract.hpp"
#include "vcsr/store/memory.hpp"

using namespace vcsr;

TEST_CASE("the customers in memory keep the contract") {
  SimLoop loop;
  const std::unique_ptr<CustomerStore> store = make_memory_customers(loop);

  check_customer_store_contract(loop, *store);
}

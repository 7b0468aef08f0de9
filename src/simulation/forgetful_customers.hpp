// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// Knows nobody and keeps nothing: simulated customers come once.
class ForgetfulCustomers final : public CustomerStore {
 public:
  Task<std::optional<Customer>> find(Identity) override { co_return std::nullopt; }
  Task<std::string> save(Customer customer) override { co_return customer.id; }
  Task<std::vector<ContactRecord>> history(std::string, std::size_t) override {
    co_return std::vector<ContactRecord>();
  }
  Task<> keep(ContactRecord) override { co_return; }
  Task<std::optional<ContactRecord>> contact(std::string) override { co_return std::nullopt; }
};

}  // namespace vcsr

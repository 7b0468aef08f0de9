// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/journal.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr::testing {

/// What one run of the program writes to a journal that outlives it; nothing any more once it is killed.
class MortalJournal final : public Journal {
 public:
  explicit MortalJournal(Journal& kept) : kept_(kept) {}

  void kill() { dead_ = true; }

  std::uint64_t append(std::string type, std::string subject, Facts data) override {
    return dead_ ? last() : kept_.append(std::move(type), std::move(subject), std::move(data));
  }
  Task<> durable() override { return kept_.durable(); }
  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit) override {
    return kept_.read(first, limit);
  }
  Subscription follow(std::uint64_t first, Follower follower) override {
    return kept_.follow(first, std::move(follower));
  }
  std::uint64_t last() const override { return kept_.last(); }
  std::string trouble() const override { return kept_.trouble(); }

 private:
  Journal& kept_;
  bool dead_ = false;
};

/// The same of customers and their records.
class MortalCustomers final : public CustomerStore {
 public:
  explicit MortalCustomers(CustomerStore& kept) : kept_(kept) {}

  void kill() { dead_ = true; }

  Task<std::optional<Customer>> find(Identity identity) override { return kept_.find(std::move(identity)); }
  Task<std::string> save(Customer customer) override { return kept_.save(std::move(customer)); }
  Task<std::vector<ContactRecord>> history(std::string customer, std::size_t limit) override {
    return kept_.history(std::move(customer), limit);
  }
  Task<> keep(ContactRecord record) override { return dead_ ? nothing() : kept_.keep(std::move(record)); }
  Task<std::optional<ContactRecord>> contact(std::string id) override { return kept_.contact(std::move(id)); }

 private:
  static Task<> nothing() { co_return; }

  CustomerStore& kept_;
  bool dead_ = false;
};

}  // namespace vcsr::testing

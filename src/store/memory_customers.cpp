// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <map>
#include <set>

#include "store/identity_key.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr {

namespace {

class MemoryCustomers final : public CustomerStore {
 public:
  explicit MemoryCustomers(Loop& loop) : loop_(loop) {}

  Task<std::optional<Customer>> find(Identity identity) override {
    std::optional<Customer> customer;
    const auto owner = owners_.find(key(identity));
    if (owner != owners_.end()) customer = customers_.at(owner->second);
    co_return customer;
  }

  Task<std::string> save(Customer customer) override {
    require_identities(customer);
    for (const Identity& identity : customer.identities) {
      const auto owner = owners_.find(key(identity));
      if (owner != owners_.end() && owner->second != customer.id) throw taken(identity, owner->second);
    }
    if (customer.id.empty()) customer.id = loop_.new_id();
    std::erase_if(owners_, [&customer](const auto& owner) { return owner.second == customer.id; });
    for (const Identity& identity : customer.identities) owners_[key(identity)] = customer.id;
    std::string id = customer.id;
    customers_.insert_or_assign(id, std::move(customer));
    co_return id;
  }

  Task<std::vector<ContactRecord>> history(std::string customer, std::size_t limit) override {
    std::vector<ContactRecord> found;
    const auto times = histories_.find(customer);
    if (times == histories_.end()) co_return found;
    for (auto time = times->second.begin(); time != times->second.end() && found.size() < limit; ++time)
      found.push_back(contacts_.at(time->second));
    co_return found;
  }

  Task<> keep(ContactRecord record) override {
    require_id(record);
    const auto earlier = contacts_.find(record.id);
    if (earlier != contacts_.end())
      histories_[earlier->second.customer].erase({earlier->second.began, record.id});
    if (!record.customer.empty()) histories_[record.customer].emplace(record.began, record.id);
    std::string id = record.id;
    contacts_.insert_or_assign(std::move(id), std::move(record));
    co_return;
  }

  Task<std::optional<ContactRecord>> contact(std::string id) override {
    std::optional<ContactRecord> record;
    const auto found = contacts_.find(id);
    if (found != contacts_.end()) record = found->second;
    co_return record;
  }

 private:
  using Key = std::pair<std::string, std::string>;
  using NewestFirst = std::set<std::pair<WallTime, std::string>, std::greater<>>;
  static Key key(const Identity& identity) { return {identity.kind, identity_key(identity)}; }

  Loop& loop_;
  std::map<std::string, Customer> customers_;
  std::map<Key, std::string> owners_;
  std::map<std::string, ContactRecord> contacts_;
  std::map<std::string, NewestFirst> histories_;
};

}  // namespace

std::unique_ptr<CustomerStore> make_memory_customers(Loop& loop) {
  return std::make_unique<MemoryCustomers>(loop);
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "store/customers/customer_match.hpp"
#include "store/customers/customer_merge.hpp"
#include "store/customers/identity_key.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr {

namespace {

class MemoryCustomers final : public CustomerStore {
 public:
  MemoryCustomers(Loop& loop, CustomerOptions options) : loop_(loop), options_(std::move(options)) {}

  Task<std::optional<Customer>> find(Identity identity) override {
    std::optional<Customer> customer;
    const auto owner = owners_.find(key(identity));
    const std::string id = identity.kind == "customer" ? root(identity.value)
                           : owner != owners_.end()    ? owner->second
                                                       : "";
    const auto found = customers_.find(id);
    if (found != customers_.end()) customer = found->second;
    co_return customer;
  }

  Task<std::string> save(Customer customer) override {
    require_customer(customer, options_);
    if (root(customer.id) != customer.id) throw merged_already(customer.id, root(customer.id));
    require_free(customer);
    if (customer.id.empty()) customer.id = loop_.new_id();
    std::string id = customer.id;
    put(std::move(customer));
    co_return id;
  }

  Task<std::vector<ContactRecord>> history(std::string customer, std::size_t limit) override {
    NewestFirst all;
    for (const std::string& id : family(root(customer)))
      if (const auto times = histories_.find(id); times != histories_.end())
        all.insert(times->second.begin(), times->second.end());
    std::vector<ContactRecord> found;
    for (auto time = all.begin(); time != all.end() && found.size() < limit; ++time)
      found.push_back(contacts_.at(time->second));
    co_return found;
  }

  Task<> keep(ContactRecord record) override {
    require_id(record);
    put(std::move(record));
    co_return;
  }

  Task<std::optional<ContactRecord>> contact(std::string id) override {
    std::optional<ContactRecord> record;
    const auto found = contacts_.find(id);
    if (found != contacts_.end()) record = found->second;
    co_return record;
  }

  Task<std::vector<CustomerMatch>> matches(Customer customer, std::size_t limit) override {
    std::vector<CustomerMatch> found;
    for (const auto& [id, other] : customers_)
      if (id != customer.id) found.push_back(compared(customer, other, options_.region));
    rank(found, limit);
    co_return found;
  }

  Task<Customer> merge(std::string kept, std::string merged, std::string by, std::string why) override {
    if (kept == merged) throw merged_with_itself(kept);
    CustomerMerge merge{.kept = kept,
                        .merged = merged,
                        .at = loop_.wall_time(),
                        .by = std::move(by),
                        .why = std::move(why),
                        .kept_before = present(kept),
                        .merged_before = present(merged)};
    Customer both = joined(merge.kept_before, merge.merged_before);
    remove(merged);
    put(both);
    merges_.push_back(std::move(merge));
    co_return both;
  }

  Task<CustomerMerge> unmerge(std::string merged) override {
    const auto found = std::find_if(merges_.begin(), merges_.end(),
                                    [&merged](const CustomerMerge& merge) { return merge.merged == merged; });
    if (found == merges_.end()) throw not_merged(merged);
    CustomerMerge merge = *found;
    for (auto later = std::next(found); later != merges_.end(); ++later)
      if (later->kept == merge.kept || later->merged == merge.kept) throw merged_later(merged, later->merged);
    const Customer now = present(merge.kept);
    put(separated(merge, now));
    try {
      require_free(merge.merged_before);
    } catch (const Error&) {
      put(now);
      throw;
    }
    merges_.erase(found);
    put(merge.merged_before);
    co_return merge;
  }

  Task<std::vector<CustomerMerge>> merges(std::string customer) override {
    const std::set<std::string> ids = family(root(customer));
    std::vector<CustomerMerge> found;
    for (const CustomerMerge& merge : merges_)
      if (ids.contains(merge.kept)) found.push_back(merge);
    co_return found;
  }

  Task<> erase(std::string customer) override {
    const std::string id = root(customer);
    if (!customers_.contains(id)) throw no_customer(customer);
    erase_family(id);
    co_return;
  }

  Task<std::size_t> expire(Retention keep) override {
    std::size_t removed = 0;
    const WallTime now = loop_.wall_time();
    for (auto& [id, customer] : customers_) vcsr::expire(customer, keep, now, removed);
    for (const std::string& id : forgotten(keep, now)) erase_family(id), ++removed;
    std::vector<ContactRecord> old;
    for (const auto& [id, record] : contacts_)
      if (keep.contacts && !record.customer.empty() && record.began < now - *keep.contacts)
        old.push_back(without_customer(record));
    removed += old.size();
    for (ContactRecord& record : old) put(std::move(record));
    co_return removed;
  }

 private:
  using Key = std::pair<std::string, std::string>;
  using NewestFirst = std::set<std::pair<WallTime, std::string>, std::greater<>>;

  Key key(const Identity& identity) const { return {identity.kind, identity_key(identity, options_.region)}; }

  /// The folder that this one is in now.
  std::string root(std::string id) const {
    for (const CustomerMerge& merge : merges_)
      if (merge.merged == id) id = merge.kept;
    return id;
  }

  /// This folder and those in it.
  std::set<std::string> family(const std::string& id) const {
    std::set<std::string> ids{id};
    for (auto merge = merges_.rbegin(); merge != merges_.rend(); ++merge)
      if (ids.contains(merge->kept)) ids.insert(merge->merged);
    if (id.empty()) ids.clear();
    return ids;
  }

  const Customer& present(const std::string& id) const {
    if (root(id) != id) throw merged_already(id, root(id));
    const auto found = customers_.find(id);
    if (found == customers_.end()) throw no_customer(id);
    return found->second;
  }

  void require_free(const Customer& customer) const {
    for (const Identity& identity : customer.identities) {
      const auto owner = owners_.find(key(identity));
      if (owner != owners_.end() && owner->second != customer.id) throw taken(identity, owner->second);
    }
  }

  void put(Customer customer) {
    remove(customer.id);
    for (const Identity& identity : customer.identities) owners_[key(identity)] = customer.id;
    std::string id = customer.id;
    customers_.insert_or_assign(std::move(id), std::move(customer));
  }

  void put(ContactRecord record) {
    const auto earlier = contacts_.find(record.id);
    if (earlier != contacts_.end())
      histories_[earlier->second.customer].erase({earlier->second.began, record.id});
    if (!record.customer.empty()) histories_[record.customer].emplace(record.began, record.id);
    std::string id = record.id;
    contacts_.insert_or_assign(std::move(id), std::move(record));
  }

  void remove(const std::string& id) {
    const auto found = customers_.find(id);
    if (found == customers_.end()) return;
    for (const Identity& identity : found->second.identities) owners_.erase(key(identity));
    customers_.erase(found);
  }

  void erase_family(const std::string& id) {
    const std::set<std::string> ids = family(id);
    remove(id);
    std::erase_if(merges_, [&ids](const CustomerMerge& merge) { return ids.contains(merge.kept); });
    for (const std::string& one : ids) {
      const NewestFirst contacts = histories_[one];
      for (const auto& [began, contact] : contacts) put(without_customer(contacts_.at(contact)));
    }
  }

  /// Provisional folders whose last contact is too long ago.
  std::vector<std::string> forgotten(const Retention& keep, WallTime now) const {
    std::vector<std::string> ids;
    for (const auto& [id, customer] : customers_) {
      WallTime last = WallTime::min();
      for (const std::string& one : family(id))
        if (const auto times = histories_.find(one); times != histories_.end() && !times->second.empty())
          last = std::max(last, times->second.begin()->first);
      const bool seen = last != WallTime::min();
      if (keep.provisional && customer.provisional && seen && last < now - *keep.provisional)
        ids.push_back(id);
    }
    return ids;
  }

  Loop& loop_;
  const CustomerOptions options_;
  std::map<std::string, Customer> customers_;  // that were not merged into others
  std::map<Key, std::string> owners_;
  std::map<std::string, ContactRecord> contacts_;
  std::map<std::string, NewestFirst> histories_;
  std::vector<CustomerMerge> merges_;  // in the order they were made
};

}  // namespace

std::unique_ptr<CustomerStore> make_memory_customers(Loop& loop, CustomerOptions options) {
  return std::make_unique<MemoryCustomers>(loop, std::move(options));
}

}  // namespace vcsr

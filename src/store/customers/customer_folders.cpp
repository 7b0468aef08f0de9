// SPDX-License-Identifier: Apache-2.0
#include "vcsr/customer_folders.hpp"

#include <utility>

#include "store/customers/customer_facts.hpp"
#include "store/customers/identity_key.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

Value facts_of(const CustomerMerge& merge) {
  return Facts{{"kept", merge.kept},
               {"merged", merge.merged},
               {"at", to_string(merge.at)},
               {"by", merge.by},
               {"why", merge.why},
               {"kept_before", vcsr::facts_of(merge.kept_before)},
               {"merged_before", vcsr::facts_of(merge.merged_before)}};
}

}  // namespace

Task<Customer> CustomerFolders::find(Identity identity) {
  const std::string what = identity.kind + " '" + identity.value + "'";
  std::optional<Customer> found = co_await store_.find(std::move(identity));
  if (!found) throw Error(Error::Code::not_found, "there is no customer of " + what);
  co_return *std::move(found);
}

Task<std::string> CustomerFolders::save(Customer customer, Author author) {
  const bool fresh = customer.id.empty();
  const bool provisional = customer.provisional;
  std::string id = co_await store_.save(std::move(customer));
  if (fresh) journal_.append(events::customer_created, id, {{"by", author.by}, {"provisional", provisional}});
  else journal_.append(events::customer_saved, id, {{"by", author.by}, {"why", author.why}});
  co_await journal_.durable();
  co_return id;
}

Task<std::vector<CustomerMatch>> CustomerFolders::matches(std::string customer, std::size_t limit) {
  std::optional<Customer> found = co_await store_.find(Identity("customer", customer));
  if (!found) throw no_customer(customer);
  std::vector<CustomerMatch> alike = co_await store_.matches(*std::move(found), limit);
  co_return alike;
}

Task<Customer> CustomerFolders::merge(std::string kept, std::string merged, Author author) {
  Customer both = co_await store_.merge(kept, merged, author.by, author.why);
  journal_.append(events::customer_merged, kept,
                  {{"merged", merged}, {"by", author.by}, {"why", author.why}});
  co_await journal_.durable();
  co_return both;
}

Task<CustomerMerge> CustomerFolders::unmerge(std::string merged, Author author) {
  CustomerMerge merge = co_await store_.unmerge(merged);
  journal_.append(events::customer_unmerged, merge.kept,
                  {{"merged", merged}, {"by", author.by}, {"why", author.why}});
  co_await journal_.durable();
  co_return merge;
}

Task<Facts> CustomerFolders::exported(std::string customer, Author author) {
  const std::optional<Customer> found = co_await store_.find(Identity("customer", customer));
  if (!found) throw no_customer(customer);
  const std::vector<ContactRecord> history = co_await store_.history(found->id, SIZE_MAX);
  const std::vector<CustomerMerge> merges = co_await store_.merges(found->id);
  Value::List contacts, merged;
  for (const ContactRecord& record : history) contacts.emplace_back(vcsr::facts_of(record));
  for (const CustomerMerge& merge : merges) merged.push_back(facts_of(merge));
  journal_.append(events::customer_exported, found->id, {{"by", author.by}});
  co_await journal_.durable();
  Facts everything;
  everything.emplace("folder", vcsr::facts_of(*found));
  everything.emplace("contacts", std::move(contacts));
  everything.emplace("merges", std::move(merged));
  co_return everything;
}

Task<> CustomerFolders::erase(std::string customer, Author author) {
  co_await store_.erase(customer);
  journal_.append(events::customer_erased, customer, {{"by", author.by}, {"why", author.why}});
  co_await journal_.durable();
}

Task<std::size_t> CustomerFolders::expire(Retention keep, Author author) {
  const std::size_t removed = co_await store_.expire(keep);
  if (removed == 0) co_return removed;
  journal_.append(events::customers_expired, "", {{"by", author.by}, {"removed", removed}});
  co_await journal_.durable();
  co_return removed;
}

}  // namespace vcsr

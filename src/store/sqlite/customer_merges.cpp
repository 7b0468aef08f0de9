// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <SQLiteCpp/VariadicBind.h>

#include "store/customers/customer_facts.hpp"
#include "store/customers/customer_merge.hpp"
#include "store/customers/identity_key.hpp"
#include "store/sqlite/customer_tables.hpp"

namespace vcsr::sqlite {

namespace {

constexpr const char* select = "SELECT kept, merged, at, author, why, folders, sealed FROM customer_merge ";

std::string about(const std::string& merged) { return "merge of customer '" + merged + "'"; }

CustomerMerge merge_of(SQLite::Statement& row, CustomerKeys& keys) {
  const auto text = [&row](int column) { return row.getColumn(column).getString(); };
  CustomerMerge merge{.kept = text(0),
                      .merged = text(1),
                      .at = WallTime(Duration(row.getColumn(2).getInt64())),
                      .by = text(3),
                      .why = text(4)};
  const std::string sealed = text(6);
  const Value folders =
      from_json(sealed.empty() ? text(5) : keys.open(merge.kept, about(merge.merged), sealed));
  if (const auto* both = folders.get_if<Value::List>(); both && both->size() == 2) {
    if (const Facts* kept = (*both)[0].get_if<Facts>()) merge.kept_before = customer_of(*kept);
    if (const Facts* merged = (*both)[1].get_if<Facts>()) merge.merged_before = customer_of(*merged);
  }
  return merge;
}

void insert(SQLite::Database& database, const CustomerMerge& merge, CustomerKeys& keys) {
  const std::string folders =
      to_json(Value::List{facts_of(merge.kept_before), facts_of(merge.merged_before)});
  const std::string sealed = keys.seal(merge.kept, about(merge.merged), folders);
  SQLite::Statement statement(database,
                              "INSERT INTO customer_merge (kept, merged, at, author, why, folders, sealed)"
                              " VALUES (?, ?, ?, ?, ?, ?, ?)");
  SQLite::bind(statement, merge.kept, merge.merged, merge.at.time_since_epoch().count(), merge.by, merge.why,
               sealed.empty() ? folders : "", sealed);
  statement.exec();
}

}  // namespace

std::string CustomerTables::root(std::string id) {
  SQLite::Statement query(database_, "SELECT kept FROM customer_merge WHERE merged = ?");
  while (true) {
    const Used used(query);
    query.bind(1, id);
    if (!query.executeStep()) return id;
    id = query.getColumn(0).getString();
  }
}

std::set<std::string> CustomerTables::family(const std::string& id) {
  std::set<std::string> ids;
  SQLite::Statement query(database_,
                          "WITH RECURSIVE own (id) AS (VALUES (?) UNION SELECT merged FROM customer_merge"
                          " JOIN own ON kept = own.id) SELECT id FROM own");
  query.bind(1, id);
  while (query.executeStep()) ids.insert(query.getColumn(0).getString());
  return ids;
}

Customer CustomerTables::merge(CustomerMerge merge) {
  if (merge.kept == merge.merged) throw merged_with_itself(merge.kept);
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  merge.kept_before = present(merge.kept);
  merge.merged_before = present(merge.merged);
  Customer both = joined(merge.kept_before, merge.merged_before);
  remove(merge.merged);
  put(both);
  insert(database_, merge, keys_);
  transaction.commit();
  return both;
}

CustomerMerge CustomerTables::unmerge(const std::string& merged) {
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement query(database_, std::string(select) + "WHERE merged = ?");
  query.bind(1, merged);
  if (!query.executeStep()) throw not_merged(merged);
  CustomerMerge merge = merge_of(query, keys_);
  SQLite::Statement later(database_,
                          "SELECT merged FROM customer_merge WHERE (kept = ?1 OR merged = ?1) AND number >"
                          " (SELECT number FROM customer_merge WHERE merged = ?2) ORDER BY number");
  later.bind(1, merge.kept);
  later.bind(2, merged);
  if (later.executeStep()) throw merged_later(merged, later.getColumn(0).getString());
  put(separated(merge, present(merge.kept)));
  SQLite::Statement forget(database_, "DELETE FROM customer_merge WHERE merged = ?");
  forget.bind(1, merged);
  forget.exec();
  put(merge.merged_before);
  transaction.commit();
  return merge;
}

std::vector<CustomerMerge> CustomerTables::merges(const std::string& customer) {
  const std::set<std::string> ids = family(root(customer));
  SQLite::Statement query(database_, std::string(select) + "WHERE kept = ?");
  std::vector<CustomerMerge> found;
  for (const std::string& id : ids) {
    const Used used(query);
    query.bind(1, id);
    while (query.executeStep()) found.push_back(merge_of(query, keys_));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const CustomerMerge& a, const CustomerMerge& b) { return a.at < b.at; });
  return found;
}

void CustomerTables::erase_family(const std::string& id) {
  const std::set<std::string> ids = family(id);
  contacts_.forget(ids);
  remove(id);
  for (const std::string& one : ids) {
    SQLite::Statement merges(database_, "DELETE FROM customer_merge WHERE kept = ?");
    merges.bind(1, one);
    merges.exec();
    keys_.destroy(one);
  }
}

void CustomerTables::erase(const std::string& customer) {
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  const std::string id = root(customer);
  // Its presence is enough: one that cannot be read any more can still be erased.
  SQLite::Statement query(database_, "SELECT 1 FROM customer WHERE id = ?");
  query.bind(1, id);
  if (!query.executeStep()) throw no_customer(customer);
  query.reset();
  erase_family(id);
  transaction.commit();
  // Nothing of it is left in the write-ahead log either.
  database_.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

std::size_t CustomerTables::expire(const Retention& keep, WallTime now) {
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  std::size_t removed = 0;
  const bool folders = keep.notes || keep.matters || keep.provisional;
  for (const std::string& id : folders ? all() : std::vector<std::string>()) {
    Customer customer = *folder(id);
    const std::optional<WallTime> last = contacts_.last(family(id));
    if (keep.provisional && customer.provisional && last && *last < now - *keep.provisional) {
      erase_family(id);
      ++removed;
      continue;
    }
    const std::size_t before = removed;
    vcsr::expire(customer, keep, now, removed);
    if (removed > before) put(customer);
  }
  if (keep.contacts) removed += contacts_.forget_before(now - *keep.contacts);
  transaction.commit();
  return removed;
}

}  // namespace vcsr::sqlite

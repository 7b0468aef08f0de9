// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/customer_tables.hpp"

#include <SQLiteCpp/VariadicBind.h>

#include "store/customers/customer_facts.hpp"
#include "store/customers/customer_match.hpp"
#include "store/customers/identity_key.hpp"

namespace vcsr::sqlite {

namespace {

// A folder is JSON, in `sealed` where it is encrypted. Before there were folders, a customer was its first
// four columns and the values of its identities.
constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS customer (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL, indicators TEXT NOT NULL,
  folder TEXT NOT NULL DEFAULT '', sealed TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE IF NOT EXISTS identity (
  kind TEXT NOT NULL, key TEXT NOT NULL, customer TEXT NOT NULL, value TEXT NOT NULL,
  place INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS identity_of_customer ON identity (customer, place);
CREATE TABLE IF NOT EXISTS customer_match (
  kind TEXT NOT NULL, key TEXT NOT NULL, customer TEXT NOT NULL,
  PRIMARY KEY (kind, key, customer)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS match_of_customer ON customer_match (customer);
CREATE TABLE IF NOT EXISTS customer_merge (
  number INTEGER PRIMARY KEY, kept TEXT NOT NULL, merged TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
  author TEXT NOT NULL, why TEXT NOT NULL, folders TEXT NOT NULL, sealed TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS merge_of_customer ON customer_merge (kept);
CREATE TABLE IF NOT EXISTS customer_key (customer TEXT PRIMARY KEY, wrapped TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS customer_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
)";

SQLite::Database open_customers(const Store& store, Access access) {
  SQLite::Database database = open(store, access);
  try {
    // What is erased is overwritten.
    database.exec("PRAGMA secure_delete = ON");
    database.exec(schema);
    add_column(database, "customer", "folder", "TEXT NOT NULL DEFAULT ''");
    add_column(database, "customer", "sealed", "TEXT NOT NULL DEFAULT ''");
    prepare_contacts(database);
  } catch (const SQLite::Exception& error) {
    throw unavailable(store, error);
  }
  return database;
}

Facts facts_in(const std::string& json) {
  const Value value = from_json(json);
  const Facts* const facts = value.get_if<Facts>();
  return facts ? *facts : Facts();
}

void forget(SQLite::Database& database, const char* table, const std::string& customer) {
  SQLite::Statement statement(database, std::string("DELETE FROM ") + table + " WHERE customer = ?");
  statement.bind(1, customer);
  statement.exec();
}

std::string about(const std::string& customer) { return "customer '" + customer + "'"; }

}  // namespace

CustomerTables::CustomerTables(const Store& store, Access access, const CustomerOptions& options)
    : database_(open_customers(store, access)),
      options_(options),
      keys_(database_, store, options.master_key),
      contacts_(database_, keys_) {
  const std::string master = setting("master");
  if (!master.empty() && master != keys_.master_id())
    throw Error(Error::Code::refused, store.name() + " is encrypted under master key " + master + ", not " +
                                          (keys_.sealing() ? keys_.master_id() : "none") +
                                          ": name the file of that one");
  try {
    take_over();
  } catch (const SQLite::Exception& error) {
    throw unavailable(store, error);
  }
}

std::string CustomerTables::setting(const std::string& name) {
  SQLite::Statement query(database_, "SELECT value FROM customer_setting WHERE name = ?");
  query.bind(1, name);
  return query.executeStep() ? query.getColumn(0).getString() : std::string();
}

void CustomerTables::set(const std::string& name, const std::string& value) {
  SQLite::Statement upsert(database_, "INSERT OR REPLACE INTO customer_setting VALUES (?, ?)");
  SQLite::bind(upsert, name, value);
  upsert.exec();
}

void CustomerTables::take_over() {
  const bool seals = setting("master") != keys_.master_id();
  if (!seals && setting("region") == options_.region && setting("form") == "2") return;
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  std::vector<Customer> folders;
  for (const std::string& id : all()) folders.push_back(*folder(id));
  database_.exec("DELETE FROM identity");
  for (const Customer& customer : folders) put(customer);
  if (seals) contacts_.write_again();
  set("master", keys_.master_id());
  set("region", options_.region);
  set("form", "2");
  transaction.commit();
  if (seals) database_.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

std::vector<std::string> CustomerTables::all() {
  SQLite::Statement query(database_, "SELECT id FROM customer");
  std::vector<std::string> ids;
  while (query.executeStep()) ids.push_back(query.getColumn(0).getString());
  return ids;
}

std::string CustomerTables::key(const Identity& identity) const {
  return keys_.index(identity.kind, identity_key(identity, options_.region));
}

std::optional<Customer> CustomerTables::find(const Identity& identity) {
  if (identity.kind == "customer") return folder(root(identity.value));
  SQLite::Statement query(database_, "SELECT customer FROM identity WHERE kind = ? AND key = ?");
  SQLite::bind(query, identity.kind, key(identity));
  if (!query.executeStep()) return {};
  return folder(query.getColumn(0).getString());
}

std::vector<Identity> CustomerTables::identities_before(const std::string& id) {
  SQLite::Statement query(database_, "SELECT kind, value FROM identity WHERE customer = ? ORDER BY place");
  query.bind(1, id);
  std::vector<Identity> identities;
  while (query.executeStep())
    identities.emplace_back(query.getColumn(0).getString(), query.getColumn(1).getString());
  return identities;
}

std::optional<Customer> CustomerTables::folder(const std::string& id) {
  SQLite::Statement query(database_,
                          "SELECT name, language, indicators, folder, sealed FROM customer WHERE id = ?");
  query.bind(1, id);
  if (!query.executeStep()) return {};
  const auto text = [&query](int column) { return query.getColumn(column).getString(); };
  if (const std::string sealed = text(4); !sealed.empty())
    return customer_of(facts_in(keys_.open(id, about(id), sealed)));
  if (const std::string json = text(3); !json.empty()) return customer_of(facts_in(json));
  return Customer{.id = id,
                  .name = text(0),
                  .language = text(1),
                  .identities = identities_before(id),
                  .indicators = facts_in(text(2))};
}

Customer CustomerTables::present(const std::string& id) {
  if (const std::string into = root(id); into != id) throw merged_already(id, into);
  std::optional<Customer> found = folder(id);
  if (!found) throw no_customer(id);
  return *std::move(found);
}

void CustomerTables::require_free(const Identity& identity, const std::string& customer) {
  SQLite::Statement query(database_,
                          "SELECT customer FROM identity WHERE kind = ? AND key = ? AND customer <> ?");
  SQLite::bind(query, identity.kind, key(identity), customer);
  if (query.executeStep()) throw taken(identity, query.getColumn(0).getString());
}

void CustomerTables::put_identities(const Customer& customer) {
  SQLite::Statement insert(
      database_, "INSERT OR IGNORE INTO identity (customer, kind, key, value, place) VALUES (?, ?, ?, ?, ?)");
  int place = 0;
  for (const Identity& identity : customer.identities) {
    require_free(identity, customer.id);
    const Used used(insert);
    SQLite::bind(insert, customer.id, identity.kind, key(identity),
                 keys_.sealing() ? std::string() : identity.value, place++);
    insert.exec();
  }
}

void CustomerTables::put_matches(const Customer& customer) {
  SQLite::Statement insert(database_, "INSERT OR IGNORE INTO customer_match VALUES (?, ?, ?)");
  for (const auto& [kind, text] : match_keys(customer, options_.region)) {
    const Used used(insert);
    SQLite::bind(insert, kind, keys_.index(kind, text), customer.id);
    insert.exec();
  }
}

void CustomerTables::put(const Customer& customer) {
  const std::string json = to_json(facts_of(customer));
  const std::string sealed = keys_.seal(customer.id, about(customer.id), json);
  const bool open = sealed.empty();
  SQLite::Statement upsert(database_,
                           "INSERT OR REPLACE INTO customer (id, name, language, indicators, folder, sealed)"
                           " VALUES (?, ?, ?, ?, ?, ?)");
  SQLite::bind(upsert, customer.id, open ? customer.name : "", open ? customer.language : "",
               open ? to_json(customer.indicators) : "{}", open ? json : "", sealed);
  upsert.exec();
  forget(database_, "identity", customer.id);
  forget(database_, "customer_match", customer.id);
  put_identities(customer);
  put_matches(customer);
}

void CustomerTables::remove(const std::string& id) {
  forget(database_, "identity", id);
  forget(database_, "customer_match", id);
  SQLite::Statement statement(database_, "DELETE FROM customer WHERE id = ?");
  statement.bind(1, id);
  statement.exec();
}

void CustomerTables::save(const Customer& customer) {
  if (const std::string into = root(customer.id); into != customer.id)
    throw merged_already(customer.id, into);
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  put(customer);
  transaction.commit();
}

std::vector<ContactRecord> CustomerTables::history(const std::string& customer, std::size_t limit) {
  if (customer.empty()) return {};
  return contacts_.history(family(root(customer)), limit);
}

void CustomerTables::keep(std::span<const ContactRecord> records) {
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  for (const ContactRecord& record : records) contacts_.keep(record);
  transaction.commit();
}

std::optional<ContactRecord> CustomerTables::contact(const std::string& id) { return contacts_.contact(id); }

std::vector<CustomerMatch> CustomerTables::matches(const Customer& customer, std::size_t limit) {
  constexpr int most_alike = 100;  // by one key: a name that many have says little
  SQLite::Statement query(database_,
                          "SELECT customer FROM customer_match WHERE kind = ? AND key = ? LIMIT ?");
  std::set<std::string> ids;
  for (const auto& [kind, text] : match_keys(customer, options_.region)) {
    const Used used(query);
    SQLite::bind(query, kind, keys_.index(kind, text), most_alike);
    while (query.executeStep()) ids.insert(query.getColumn(0).getString());
  }
  ids.erase(customer.id);
  std::vector<CustomerMatch> found;
  for (const std::string& id : ids)
    if (const std::optional<Customer> other = folder(id))
      found.push_back(compared(customer, *other, options_.region));
  rank(found, limit);
  return found;
}

}  // namespace vcsr::sqlite

// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/customer_tables.hpp"

#include <algorithm>

#include <SQLiteCpp/VariadicBind.h>

#include "store/identity_key.hpp"

namespace vcsr::sqlite {

namespace {

// An identity is found by its key and given back as it was written; `place` keeps their order.
constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS customer (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL, indicators TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS identity (
  kind TEXT NOT NULL, key TEXT NOT NULL, customer TEXT NOT NULL, value TEXT NOT NULL,
  place INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS identity_of_customer ON identity (customer, place);
CREATE TABLE IF NOT EXISTS contact (
  id TEXT PRIMARY KEY, customer TEXT NOT NULL, channel TEXT NOT NULL, caller TEXT NOT NULL, called TEXT NOT NULL,
  began INTEGER NOT NULL, length INTEGER NOT NULL, waited INTEGER NOT NULL, talked INTEGER NOT NULL,
  queue TEXT NOT NULL, agent TEXT NOT NULL, reason TEXT NOT NULL, outcome TEXT NOT NULL,
  recordings TEXT NOT NULL, attributes TEXT NOT NULL, direction TEXT NOT NULL DEFAULT 'in',
  held INTEGER NOT NULL DEFAULT 0, legs TEXT NOT NULL DEFAULT '[]') STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS contact_of_customer ON contact (customer, began DESC, id DESC) WHERE customer <> '';
)";

constexpr const char* contact_columns =
    "SELECT id, customer, channel, caller, called, began, length, waited, talked, queue, agent, reason, "
    "outcome,"
    " recordings, attributes, direction, held, legs FROM contact ";

/// What stores of earlier versions lack.
constexpr std::pair<const char*, const char*> added_columns[] = {
    {"direction", "ALTER TABLE contact ADD COLUMN direction TEXT NOT NULL DEFAULT 'in'"},
    {"held", "ALTER TABLE contact ADD COLUMN held INTEGER NOT NULL DEFAULT 0"},
    {"legs", "ALTER TABLE contact ADD COLUMN legs TEXT NOT NULL DEFAULT '[]'"}};

bool has_column(SQLite::Database& database, const char* name) {
  SQLite::Statement query(database, "SELECT 1 FROM pragma_table_info('contact') WHERE name = ?");
  query.bind(1, name);
  return query.executeStep();
}

SQLite::Database open_customers(const Store& store, Access access) {
  SQLite::Database database = open(store, access);
  try {
    database.exec(schema);
    for (const auto& [name, statement] : added_columns)
      if (!has_column(database, name)) database.exec(statement);
  } catch (const SQLite::Exception& error) {
    throw unavailable(store, error);
  }
  return database;
}

std::int64_t microseconds(Duration duration) { return duration.count(); }
std::int64_t microseconds(WallTime time) { return time.time_since_epoch().count(); }

Facts facts_of(const std::string& json) {
  const Value value = from_json(json);
  const Facts* const facts = value.get_if<Facts>();
  return facts ? *facts : Facts();
}

std::vector<std::string> texts_of(const std::string& json) {
  const Value value = from_json(json);
  std::vector<std::string> texts;
  if (const auto* list = value.get_if<Value::List>())
    for (const Value& item : *list) texts.push_back(item.text());
  return texts;
}

std::string json_of(const std::vector<LegRecord>& legs) {
  Value::List list;
  for (const LegRecord& leg : legs) {
    list.push_back(Value::Map{{"leg", leg.number},
                              {"role", leg.role},
                              {"party", leg.party},
                              {"agent", leg.agent},
                              {"cause", leg.cause},
                              {"offered", microseconds(leg.offered)},
                              {"answered", leg.answered ? Value(microseconds(*leg.answered)) : Value()},
                              {"ended", microseconds(leg.ended)},
                              {"rang", microseconds(leg.rang)},
                              {"talked", microseconds(leg.talked)},
                              {"held", microseconds(leg.held)},
                              {"beside", microseconds(leg.beside)}});
  }
  return to_json(list);
}

LegRecord leg_of(const Facts& facts) {
  const auto text = [&facts](const char* key) {
    const auto found = facts.find(key);
    return found == facts.end() ? std::string() : found->second.text();
  };
  const auto whole = [&facts](const char* key) {
    const auto found = facts.find(key);
    const auto* number = found == facts.end() ? nullptr : found->second.get_if<std::int64_t>();
    return number ? *number : 0;
  };
  LegRecord leg{.number = static_cast<int>(whole("leg")),
                .role = text("role"),
                .party = text("party"),
                .agent = text("agent"),
                .offered = WallTime(Duration(whole("offered"))),
                .ended = WallTime(Duration(whole("ended"))),
                .rang = Duration(whole("rang")),
                .talked = Duration(whole("talked")),
                .held = Duration(whole("held")),
                .beside = Duration(whole("beside")),
                .cause = text("cause")};
  if (!text("answered").empty()) leg.answered = WallTime(Duration(whole("answered")));
  return leg;
}

std::vector<LegRecord> legs_of(const std::string& json) {
  const Value value = from_json(json);
  std::vector<LegRecord> legs;
  if (const auto* list = value.get_if<Value::List>()) {
    for (const Value& item : *list)
      if (const auto* facts = item.get_if<Facts>()) legs.push_back(leg_of(*facts));
  }
  return legs;
}

ContactRecord record_of(SQLite::Statement& row) {
  const auto text = [&row](int column) { return row.getColumn(column).getString(); };
  const auto duration = [&row](int column) { return Duration(row.getColumn(column).getInt64()); };
  return {.id = text(0),
          .customer = text(1),
          .channel = text(2),
          .from = text(3),
          .to = text(4),
          .began = WallTime(duration(5)),
          .length = duration(6),
          .waited = duration(7),
          .talked = duration(8),
          .queue = text(9),
          .agent = text(10),
          .reason = text(11),
          .outcome = text(12),
          .recordings = texts_of(text(13)),
          .attributes = facts_of(text(14)),
          .direction = text(15),
          .held = duration(16),
          .legs = legs_of(text(17))};
}

std::vector<Identity> identities_of(SQLite::Database& database, const std::string& customer) {
  SQLite::Statement query(database, "SELECT kind, value FROM identity WHERE customer = ? ORDER BY place");
  query.bind(1, customer);
  std::vector<Identity> identities;
  while (query.executeStep())
    identities.push_back({query.getColumn(0).getString(), query.getColumn(1).getString()});
  return identities;
}

void require_free(SQLite::Database& database, const Identity& identity, const std::string& customer) {
  SQLite::Statement query(database,
                          "SELECT customer FROM identity WHERE kind = ? AND key = ? AND customer <> ?");
  query.bind(1, identity.kind);
  query.bind(2, identity_key(identity));
  query.bind(3, customer);
  if (query.executeStep()) throw taken(identity, query.getColumn(0).getString());
}

void insert_identities(SQLite::Database& database, const Customer& customer) {
  SQLite::Statement insert(
      database, "INSERT OR IGNORE INTO identity (customer, kind, key, value, place) VALUES (?, ?, ?, ?, ?)");
  int place = 0;
  for (const Identity& identity : customer.identities) {
    require_free(database, identity, customer.id);
    SQLite::bind(insert, customer.id, identity.kind, identity_key(identity), identity.value, place++);
    insert.exec();
    insert.reset();
  }
}

}  // namespace

CustomerTables::CustomerTables(const Store& store, Access access)
    : database_(open_customers(store, access)),
      upsert_(
          database_,
          "INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

std::optional<Customer> CustomerTables::find(const Identity& identity) {
  SQLite::Statement query(database_,
                          "SELECT id, name, language, indicators FROM identity JOIN customer ON id = customer"
                          " WHERE kind = ? AND key = ?");
  query.bind(1, identity.kind);
  query.bind(2, identity_key(identity));
  if (!query.executeStep()) return {};
  const std::string id = query.getColumn(0).getString();
  return Customer{.id = id,
                  .name = query.getColumn(1).getString(),
                  .language = query.getColumn(2).getString(),
                  .identities = identities_of(database_, id),
                  .indicators = facts_of(query.getColumn(3).getString())};
}

void CustomerTables::save(const Customer& customer) {
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement upsert(database_, "INSERT OR REPLACE INTO customer VALUES (?, ?, ?, ?)");
  SQLite::bind(upsert, customer.id, customer.name, customer.language, to_json(customer.indicators));
  upsert.exec();
  SQLite::Statement forget(database_, "DELETE FROM identity WHERE customer = ?");
  forget.bind(1, customer.id);
  forget.exec();
  insert_identities(database_, customer);
  transaction.commit();
}

std::vector<ContactRecord> CustomerTables::history(const std::string& customer, std::size_t limit) {
  std::vector<ContactRecord> records;
  if (customer.empty()) return records;
  SQLite::Statement query(database_,
                          std::string(contact_columns) +
                              "WHERE customer = ? AND customer <> '' ORDER BY began DESC, id DESC LIMIT ?");
  query.bind(1, customer);
  query.bind(2, static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX)));
  while (query.executeStep()) records.push_back(record_of(query));
  return records;
}

void CustomerTables::keep(std::span<const ContactRecord> records) {
  SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
  for (const ContactRecord& record : records) {
    const Used used(upsert_);
    const Value::List recordings(record.recordings.begin(), record.recordings.end());
    SQLite::bind(upsert_, record.id, record.customer, record.channel, record.from, record.to,
                 microseconds(record.began), microseconds(record.length), microseconds(record.waited),
                 microseconds(record.talked), record.queue, record.agent, record.reason, record.outcome,
                 to_json(recordings), to_json(record.attributes), record.direction, microseconds(record.held),
                 json_of(record.legs));
    upsert_.exec();
  }
  transaction.commit();
}

std::optional<ContactRecord> CustomerTables::contact(const std::string& id) {
  SQLite::Statement query(database_, std::string(contact_columns) + "WHERE id = ?");
  query.bind(1, id);
  if (!query.executeStep()) return {};
  return record_of(query);
}

}  // namespace vcsr::sqlite

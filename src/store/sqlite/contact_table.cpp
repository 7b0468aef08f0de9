// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/contact_table.hpp"

#include <algorithm>

#include <SQLiteCpp/VariadicBind.h>

#include "base/facts.hpp"
#include "store/customers/customer_facts.hpp"
#include "store/customers/customer_merge.hpp"

namespace vcsr::sqlite {

namespace {

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS contact (
  id TEXT PRIMARY KEY, customer TEXT NOT NULL, channel TEXT NOT NULL, caller TEXT NOT NULL, called TEXT NOT NULL,
  began INTEGER NOT NULL, length INTEGER NOT NULL, waited INTEGER NOT NULL, talked INTEGER NOT NULL,
  queue TEXT NOT NULL, agent TEXT NOT NULL, reason TEXT NOT NULL, outcome TEXT NOT NULL,
  recordings TEXT NOT NULL, attributes TEXT NOT NULL, direction TEXT NOT NULL DEFAULT 'in',
  held INTEGER NOT NULL DEFAULT 0, legs TEXT NOT NULL DEFAULT '[]',
  sealed TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS contact_of_customer ON contact (customer, began DESC, id DESC) WHERE customer <> '';
)";

constexpr const char* select =
    "SELECT id, customer, channel, caller, called, began, length, waited, talked, queue, agent, reason, "
    "outcome, recordings, attributes, direction, held, legs, sealed FROM contact ";

std::int64_t microseconds(Duration duration) { return duration.count(); }
std::int64_t microseconds(WallTime time) { return time.time_since_epoch().count(); }

Facts facts_in(const std::string& json) {
  const Value value = from_json(json);
  const Facts* const facts = value.get_if<Facts>();
  return facts ? *facts : Facts();
}

std::string about(const std::string& contact) { return "contact '" + contact + "'"; }

/// What is personal in a contact.
std::string personal(const ContactRecord& record) {
  return to_json(Facts{{"caller", record.from},
                       {"called", record.to},
                       {"reason", record.reason},
                       {"attributes", record.attributes},
                       {"legs", legs_value(record.legs)}});
}

void add_personal(ContactRecord& record, const std::string& json) {
  const Facts facts = facts_in(json);
  record.from = text_in(facts, "caller");
  record.to = text_in(facts, "called");
  record.reason = text_in(facts, "reason");
  if (const auto* attributes = facts.at("attributes").get_if<Facts>()) record.attributes = *attributes;
  record.legs = legs_of(facts.at("legs"));
}

}  // namespace

void add_column(SQLite::Database& database, const std::string& table, const std::string& column,
                const std::string& type) {
  SQLite::Statement query(database, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
  SQLite::bind(query, table, column);
  if (!query.executeStep()) database.exec("ALTER TABLE " + table + " ADD COLUMN " + column + " " + type);
}

void prepare_contacts(SQLite::Database& database) {
  database.exec(schema);
  add_column(database, "contact", "direction", "TEXT NOT NULL DEFAULT 'in'");
  add_column(database, "contact", "held", "INTEGER NOT NULL DEFAULT 0");
  add_column(database, "contact", "legs", "TEXT NOT NULL DEFAULT '[]'");
  add_column(database, "contact", "sealed", "TEXT NOT NULL DEFAULT ''");
}

ContactTable::ContactTable(SQLite::Database& database, CustomerKeys& keys)
    : database_(database),
      keys_(keys),
      upsert_(database,
              "INSERT OR REPLACE INTO contact (id, customer, channel, caller, called, began, length, waited,"
              " talked, queue, agent, reason, outcome, recordings, attributes, direction, held, legs, sealed)"
              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

void ContactTable::keep(const ContactRecord& record) {
  const std::string sealed =
      keys_.sealing() ? keys_.seal(record.customer, about(record.id), personal(record)) : std::string();
  const bool open = sealed.empty();
  const auto plain = [open](const std::string& text) { return open ? text : std::string(); };
  const Value::List recordings(record.recordings.begin(), record.recordings.end());
  const Used used(upsert_);
  SQLite::bind(upsert_, record.id, record.customer, record.channel, plain(record.from), plain(record.to),
               microseconds(record.began), microseconds(record.length), microseconds(record.waited),
               microseconds(record.talked), record.queue, record.agent, plain(record.reason), record.outcome,
               to_json(recordings), open ? to_json(record.attributes) : "{}", record.direction,
               microseconds(record.held), open ? to_json(legs_value(record.legs)) : "[]", sealed);
  upsert_.exec();
}

ContactRecord ContactTable::record_of(SQLite::Statement& row) {
  const auto text = [&row](int column) { return row.getColumn(column).getString(); };
  const auto duration = [&row](int column) { return Duration(row.getColumn(column).getInt64()); };
  ContactRecord record{.id = text(0),
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
                       .recordings = texts_of(from_json(text(13))),
                       .attributes = facts_in(text(14)),
                       .direction = text(15),
                       .held = duration(16),
                       .legs = legs_of(from_json(text(17)))};
  if (const std::string sealed = text(18); !sealed.empty())
    add_personal(record, keys_.open(record.customer, about(record.id), sealed));
  return record;
}

std::optional<ContactRecord> ContactTable::contact(const std::string& id) {
  SQLite::Statement query(database_, std::string(select) + "WHERE id = ?");
  query.bind(1, id);
  if (!query.executeStep()) return {};
  return record_of(query);
}

std::vector<ContactRecord> ContactTable::history(const std::set<std::string>& customers, std::size_t limit) {
  std::vector<ContactRecord> records;
  SQLite::Statement query(
      database_,
      std::string(select) + "WHERE customer = ? AND customer <> '' ORDER BY began DESC, id DESC LIMIT ?");
  for (const std::string& customer : customers) {
    const Used used(query);
    query.bind(1, customer);
    query.bind(2, static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX)));
    while (query.executeStep()) records.push_back(record_of(query));
  }
  if (customers.size() > 1)
    std::sort(records.begin(), records.end(), [](const ContactRecord& a, const ContactRecord& b) {
      return std::pair(a.began, a.id) > std::pair(b.began, b.id);
    });
  if (records.size() > limit) records.resize(limit);
  return records;
}

std::optional<WallTime> ContactTable::last(const std::set<std::string>& customers) {
  std::optional<WallTime> last;
  for (const ContactRecord& record : history(customers, 1)) last = record.began;
  return last;
}

void ContactTable::forget(const std::set<std::string>& customers) {
  for (const ContactRecord& record : history(customers, SIZE_MAX)) keep(without_customer(record));
}

std::size_t ContactTable::forget_before(WallTime time) {
  SQLite::Statement query(database_, std::string(select) + "WHERE customer <> '' AND began < ?");
  query.bind(1, microseconds(time));
  std::vector<ContactRecord> old;
  while (query.executeStep()) old.push_back(record_of(query));
  for (ContactRecord& record : old) keep(without_customer(std::move(record)));
  return old.size();
}

void ContactTable::write_again() {
  SQLite::Statement query(database_, "SELECT id FROM contact WHERE customer <> ''");
  std::vector<std::string> ids;
  while (query.executeStep()) ids.push_back(query.getColumn(0).getString());
  for (const std::string& id : ids)
    if (const std::optional<ContactRecord> record = contact(id)) keep(*record);
}

}  // namespace vcsr::sqlite

// SPDX-License-Identifier: Apache-2.0
#include "recording/catalog.hpp"

#include <algorithm>

#include <SQLiteCpp/VariadicBind.h>

namespace vcsr {

const char* to_string(RecordingState state) noexcept {
  switch (state) {
    case RecordingState::kept: return "kept";
    case RecordingState::deleted: return "deleted";
    case RecordingState::destroyed: return "destroyed";
  }
  return "";
}

}  // namespace vcsr

namespace vcsr::recording {

namespace {

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS place (name TEXT PRIMARY KEY, number INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS recording (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL, file TEXT NOT NULL, contact TEXT NOT NULL,
  caller TEXT NOT NULL, called TEXT NOT NULL, caller_number TEXT NOT NULL, called_number TEXT NOT NULL,
  agent TEXT NOT NULL, queue TEXT NOT NULL, reason TEXT NOT NULL, label TEXT NOT NULL,
  began INTEGER NOT NULL, length INTEGER NOT NULL, paused INTEGER NOT NULL, lost INTEGER NOT NULL,
  error TEXT NOT NULL, bytes INTEGER NOT NULL, key TEXT NOT NULL, state INTEGER NOT NULL,
  deleted INTEGER NOT NULL, hold TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS recording_by_time ON recording (began DESC, id DESC);
CREATE INDEX IF NOT EXISTS recording_by_agent ON recording (agent, began DESC, id DESC);
CREATE INDEX IF NOT EXISTS recording_by_queue ON recording (queue, began DESC, id DESC);
CREATE INDEX IF NOT EXISTS recording_by_contact ON recording (contact);
CREATE INDEX IF NOT EXISTS recording_by_caller ON recording (caller_number, began DESC, id DESC);
CREATE INDEX IF NOT EXISTS recording_by_called ON recording (called_number, began DESC, id DESC);
CREATE INDEX IF NOT EXISTS recording_by_file ON recording (file);
CREATE TABLE IF NOT EXISTS note (
  number INTEGER PRIMARY KEY, recording TEXT NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL,
  text TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS note_of_recording ON note (recording);
CREATE TABLE IF NOT EXISTS entry (
  number INTEGER PRIMARY KEY, recording TEXT NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL,
  kind TEXT NOT NULL, details TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS entry_of_recording ON entry (recording, number);
)";

constexpr const char* columns =
    "SELECT id, number, file, contact, caller, called, agent, queue, reason, label, began, length, paused, "
    "lost, error, bytes, key, state, deleted, hold FROM recording ";

std::int64_t count(WallTime time) { return time.time_since_epoch().count(); }
WallTime wall_time(std::int64_t count) { return WallTime(std::chrono::microseconds(count)); }

SQLite::Database open_catalog(const std::string& path) {
  const sqlite::Store store{"catalog", path};
  SQLite::Database database = sqlite::open(store, sqlite::Access::create);
  try {
    database.exec(schema);
    // What a power failure takes from the catalog is read again from the ledger, which waits for the disk.
    database.exec("PRAGMA synchronous=NORMAL");
  } catch (const SQLite::Exception& error) {
    throw sqlite::unavailable(store, error);
  }
  return database;
}

ArchivedRecording recording_of(SQLite::Statement& row) {
  ArchivedRecording found;
  int column = 0;
  const auto text = [&] { return row.getColumn(column++).getString(); };
  const auto integer = [&] { return row.getColumn(column++).getInt64(); };
  RecordingDescription& facts = found.facts;
  facts.id = text();
  found.number = static_cast<std::uint64_t>(integer());
  for (std::string* field : {&facts.file, &facts.contact, &facts.from, &facts.to, &facts.agent, &facts.queue,
                             &facts.reason, &facts.label})
    *field = text();
  facts.began = wall_time(integer());
  for (Duration* field : {&facts.length, &facts.paused, &facts.lost}) *field = Duration(integer());
  facts.error = text();
  found.bytes = static_cast<std::uint64_t>(integer());
  found.key = text();
  found.state = static_cast<RecordingState>(integer());
  found.deleted = wall_time(integer());
  found.hold = text();
  return found;
}

std::vector<ArchivedRecording> recordings_of(SQLite::Statement& rows) {
  std::vector<ArchivedRecording> found;
  while (rows.executeStep()) found.push_back(recording_of(rows));
  return found;
}

std::vector<RecordingNote> notes_of(SQLite::Database& database, const std::string& id) {
  std::vector<RecordingNote> notes;
  SQLite::Statement rows(database, "SELECT at, author, text FROM note WHERE recording = ? ORDER BY number");
  rows.bind(1, id);
  while (rows.executeStep())
    notes.push_back({.at = wall_time(rows.getColumn(0).getInt64()),
                     .by = rows.getColumn(1).getString(),
                     .text = rows.getColumn(2).getString()});
  return notes;
}

constexpr const char* use_columns = "SELECT number, at, author, kind, recording, details, hash FROM entry";

std::vector<RecordingUse> uses_of(SQLite::Statement& rows) {
  std::vector<RecordingUse> uses;
  while (rows.executeStep()) {
    const Value details = from_json(rows.getColumn(5).getString());
    uses.push_back({.number = static_cast<std::uint64_t>(rows.getColumn(0).getInt64()),
                    .at = wall_time(rows.getColumn(1).getInt64()),
                    .by = rows.getColumn(2).getString(),
                    .kind = rows.getColumn(3).getString(),
                    .recording = rows.getColumn(4).getString(),
                    .details = *details.get_if<Value::Map>(),
                    .hash = rows.getColumn(6).getString()});
  }
  return uses;
}

/// A text that GLOB takes as it is, except for "*".
std::string pattern_of(const std::string& text) {
  std::string pattern;
  for (const char c : text) {
    if (c == '?' || c == '[' || c == ']') pattern += {'[', c, ']'};
    else pattern += c;
  }
  return pattern;
}

/// The conditions of a query and what they are compared with.
class Search {
 public:
  explicit Search(const RecordingQuery& query) {
    add_number(query.number);
    add("agent = ?", query.agent);
    add("queue = ?", query.queue);
    add("contact = ?", query.contact);
    add("label = ?", query.label);
    if (!query.text.empty()) {
      add("(instr(lower(reason), lower(?)) > 0 OR EXISTS (SELECT 1 FROM note WHERE recording = id"
          " AND instr(lower(text), lower(?)) > 0))",
          query.text);
      texts_.push_back(query.text);
    }
    if (!query.deleted) conditions_ += " AND state = 0";
    add("(began, id) < (SELECT began, id FROM recording WHERE id = ?)", query.after);
  }

  std::string text() const {
    return std::string(columns) + "WHERE began >= ? AND began < ?" + conditions_ +
           " ORDER BY began DESC, id DESC LIMIT ?";
  }
  void bind(SQLite::Statement& statement, const RecordingQuery& query) const {
    int index = 0;
    statement.bind(++index, count(query.from));
    statement.bind(++index, count(query.until));
    for (const std::string& text : texts_) statement.bind(++index, text);
    statement.bind(++index, static_cast<std::int64_t>(std::min<std::size_t>(query.limit, INT64_MAX)));
  }

 private:
  void add(const char* condition, const std::string& text) {
    if (text.empty()) return;
    conditions_ += std::string(" AND ") + condition;
    texts_.push_back(text);
  }
  void add_number(const std::string& asked) {
    if (asked.empty()) return;
    const std::string number = number_of(asked);
    const bool open = number.find('*') != std::string::npos;
    add(open ? "(caller_number GLOB ? OR called_number GLOB ?)" : "(caller_number = ? OR called_number = ?)",
        open ? pattern_of(number) : number);
    texts_.push_back(texts_.back());
  }

  std::string conditions_;
  std::vector<std::string> texts_;
};

}  // namespace

std::string number_of(const std::string& address) {
  std::string number = address;
  for (const char* scheme : {"sips:", "sip:", "tel:"})
    if (number.starts_with(scheme)) number.erase(0, std::string(scheme).size());
  return number.substr(0, number.find_first_of("@;"));
}

Catalog::Catalog(const std::string& path) : database_(open_catalog(path)) {}

LedgerPlace Catalog::place() {
  LedgerPlace place;
  SQLite::Statement row(database_, "SELECT number, text FROM place WHERE name = 'ledger'");
  if (!row.executeStep()) return place;
  place.number = static_cast<std::uint64_t>(row.getColumn(0).getInt64());
  place.hash = row.getColumn(1).getString();
  place.offset = number("ledger_bytes");
  return place;
}

void Catalog::set_place(const LedgerPlace& place) {
  SQLite::Statement set(database_,
                        "INSERT INTO place VALUES ('ledger', ?, ?) ON CONFLICT (name) DO UPDATE SET number = "
                        "excluded.number, text = excluded.text");
  SQLite::bind(set, static_cast<std::int64_t>(place.number), place.hash);
  set.exec();
  set_number("ledger_bytes", place.offset);
}

std::uint64_t Catalog::number(const char* name) {
  SQLite::Statement row(database_, "SELECT number FROM place WHERE name = ?");
  row.bind(1, name);
  return row.executeStep() ? static_cast<std::uint64_t>(row.getColumn(0).getInt64()) : 0;
}

void Catalog::set_number(const char* name, std::uint64_t value) {
  SQLite::Statement set(
      database_,
      "INSERT INTO place VALUES (?, ?, '') ON CONFLICT (name) DO UPDATE SET number = excluded.number");
  SQLite::bind(set, name, static_cast<std::int64_t>(value));
  set.exec();
}

void Catalog::clear() {
  database_.exec(
      "DELETE FROM recording; DELETE FROM note; DELETE FROM entry;"
      "DELETE FROM place WHERE name IN ('ledger', 'ledger_bytes')");
}

void Catalog::apply(const LedgerEntry& entry, const Manifest* manifest) {
  SQLite::Statement insert_entry(database_, "INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)");
  SQLite::bind(insert_entry, static_cast<std::int64_t>(entry.number), entry.recording, count(entry.at),
               entry.by, entry.kind, to_json(entry.details), entry.hash());
  if (insert_entry.exec() == 0) return;
  if (entry.kind == "recorded" && manifest) insert(entry, *manifest);
  else if (entry.kind == "noted") note(entry, manifest);
  else change(entry);
}

void Catalog::insert(const LedgerEntry& entry, const Manifest& manifest) {
  const RecordingDescription facts = facts_of(manifest);
  SQLite::Statement insert(
      database_,
      "INSERT OR REPLACE INTO recording VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
      " ?, ?, ?, ?, ?, 0, 0, '')");
  SQLite::bind(insert, facts.id, static_cast<std::int64_t>(entry.number), facts.file, facts.contact,
               facts.from, facts.to, number_of(facts.from), number_of(facts.to), facts.agent, facts.queue,
               facts.reason, facts.label, count(facts.began), static_cast<std::int64_t>(facts.length.count()),
               static_cast<std::int64_t>(facts.paused.count()), static_cast<std::int64_t>(facts.lost.count()),
               facts.error, number_in(entry.details, "bytes"), text_in(entry.details, "key"));
  insert.exec();
}

void Catalog::note(const LedgerEntry& entry, const Manifest* manifest) {
  if (!manifest) return;
  const auto held = manifest->confidential.find(std::to_string(entry.number));
  if (held == manifest->confidential.end()) return;
  SQLite::Statement insert(database_, "INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?)");
  SQLite::bind(insert, static_cast<std::int64_t>(entry.number), entry.recording, count(entry.at), entry.by,
               text_in(held->second, "text"));
  insert.exec();
}

void Catalog::change(const LedgerEntry& entry) {
  const auto run = [&](const char* text, const auto&... values) {
    SQLite::Statement update(database_, text);
    SQLite::bind(update, values..., entry.recording);
    update.exec();
  };
  if (entry.kind == "held")
    run("UPDATE recording SET hold = ? WHERE id = ?", text_in(entry.details, "reason"));
  else if (entry.kind == "released") run("UPDATE recording SET hold = '' WHERE id = ?");
  else if (entry.kind == "deleted")
    run("UPDATE recording SET state = 1, deleted = ? WHERE id = ? AND state = 0", count(entry.at));
  else if (entry.kind == "restored")
    run("UPDATE recording SET state = 0, deleted = 0 WHERE id = ? AND state = 1");
  else if (entry.kind == "rekeyed") rekey(entry);
  if (entry.kind != "destroyed") return;
  run("UPDATE recording SET state = 2, file = '', contact = '', caller = '', called = '', caller_number = '',"
      " called_number = '', agent = '', queue = '', reason = '', label = '', key = '' WHERE id = ?");
  run("DELETE FROM note WHERE recording = ?");
}

void Catalog::rekey(const LedgerEntry& entry) {
  const auto earlier = entry.details.find("earlier");
  const auto* keys = earlier == entry.details.end() ? nullptr : earlier->second.get_if<Value::List>();
  if (!keys) return;
  for (const Value& key : *keys) {
    SQLite::Statement update(database_, "UPDATE recording SET key = ? WHERE key = ? AND number < ?");
    SQLite::bind(update, text_in(entry.details, "key"), key.text(), static_cast<std::int64_t>(entry.number));
    update.exec();
  }
}

std::optional<ArchivedRecording> Catalog::find(const std::string& id) {
  SQLite::Statement row(database_, std::string(columns) + "WHERE id = ?");
  row.bind(1, id);
  if (!row.executeStep()) return {};
  ArchivedRecording found = recording_of(row);
  found.notes = notes_of(database_, id);
  return found;
}

std::vector<ArchivedRecording> Catalog::search(const RecordingQuery& query) {
  const Search search(query);
  SQLite::Statement rows(database_, search.text());
  search.bind(rows, query);
  std::vector<ArchivedRecording> found = recordings_of(rows);
  for (ArchivedRecording& recording : found) recording.notes = notes_of(database_, recording.facts.id);
  return found;
}

std::vector<RecordingUse> Catalog::history(const std::string& id, std::size_t limit) {
  SQLite::Statement rows(database_, std::string(use_columns) + (id.empty() ? "" : " WHERE recording = ?2") +
                                        " ORDER BY number DESC LIMIT ?1");
  rows.bind(1, static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX)));
  if (!id.empty()) rows.bind(2, id);
  std::vector<RecordingUse> uses = uses_of(rows);
  std::reverse(uses.begin(), uses.end());
  return uses;
}

std::vector<RecordingUse> Catalog::uses_after(std::uint64_t number, std::size_t limit) {
  SQLite::Statement rows(database_, std::string(use_columns) + " WHERE number > ? ORDER BY number LIMIT ?");
  rows.bind(1, static_cast<std::int64_t>(number));
  rows.bind(2, static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX)));
  return uses_of(rows);
}

std::vector<ArchivedRecording> Catalog::deleted_before(WallTime time) {
  SQLite::Statement rows(database_, std::string(columns) + "WHERE state = 1 AND deleted <= ?");
  rows.bind(1, count(time));
  return recordings_of(rows);
}

std::vector<ArchivedRecording> Catalog::free_before(WallTime time) {
  SQLite::Statement rows(database_, std::string(columns) + "WHERE state = 0 AND hold = '' AND began < ?");
  rows.bind(1, count(time));
  return recordings_of(rows);
}

std::vector<ArchivedRecording> Catalog::under_other_keys(const std::string& key) {
  SQLite::Statement rows(database_, std::string(columns) + "WHERE key NOT IN ('', ?)");
  rows.bind(1, key);
  return recordings_of(rows);
}

bool Catalog::has_file(const std::string& file) {
  SQLite::Statement row(database_, "SELECT 1 FROM recording WHERE file = ?");
  row.bind(1, file);
  return row.executeStep();
}

}  // namespace vcsr::recording

// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/journal_tables.hpp"

#include <algorithm>

#include "store/journal/event_upcasts.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::postgres {

namespace {

using Type = Parameter::Type;

constexpr std::int64_t journal_format = 2;
/// So many entries make one statement.
constexpr std::size_t most_at_once = 5000;

// An advisory lock of the database, by the table's number: journals in two schemas are two.
constexpr const char* wait_for_lock =
    "SELECT 1::int8 FROM pg_advisory_lock(7661, 'vcsr_journal_writer'::regclass::oid::int4)";
constexpr const char* have_lock =
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7661 AND"
    " objid = 'vcsr_journal_writer'::regclass::oid AND granted AND pid = pg_backend_pid()";

// The epoch's row is locked for the statement: whoever takes the journal over waits for this commit or makes
// it write nothing. There is no NOTIFY here: it would put all commits of the database one behind the other.
constexpr const char* insert =
    "WITH mine AS MATERIALIZED (SELECT epoch FROM vcsr_journal_writer WHERE epoch = $1 FOR UPDATE),"
    " added AS (INSERT INTO vcsr_journal (number, at, version, type, subject, data, hash)"
    "  SELECT * FROM unnest($2::int8[], $3::int8[], $4::int8[], $5::text[], $6::text[], $7::text[], "
    "$8::bytea[])"
    "  WHERE EXISTS (SELECT FROM mine) ON CONFLICT (number) DO NOTHING)"
    " SELECT count(*) FROM mine";

void put(std::string& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
}

Parameter number(const std::string& bytes) { return {Type::number, bytes}; }

[[noreturn]] void replaced() {
  throw Error(Error::Code::refused, "another process has taken the journal over; end this one");
}

JournalHash hash_of(std::string_view bytes) {
  JournalHash hash{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
  return hash;
}

}  // namespace

EntryColumns::EntryColumns()
    : columns_{{Type::numbers, static_cast<std::uint32_t>(Type::number)},
               {Type::numbers, static_cast<std::uint32_t>(Type::number)},
               {Type::numbers, static_cast<std::uint32_t>(Type::number)},
               {Type::texts, static_cast<std::uint32_t>(Type::text)},
               {Type::texts, static_cast<std::uint32_t>(Type::text)},
               {Type::texts, static_cast<std::uint32_t>(Type::text)},
               {Type::all_bytes, static_cast<std::uint32_t>(Type::bytes)}} {
  clear();
}

// One dimension, no nulls, the elements' type, how many (counted in add()), the first has number 1.
void EntryColumns::Column::begin() {
  bytes.clear();
  for (const std::uint32_t word : {1U, 0U, element, 0U, 1U}) put(bytes, word);
}

void EntryColumns::Column::add(std::string_view value) {
  put(bytes, static_cast<std::uint32_t>(value.size()));
  bytes += value;
}

void EntryColumns::clear() {
  rows_ = 0;
  for (Column& column : columns_) column.begin();
}

void EntryColumns::add(const JournalEntry& entry, const std::string& data, int version,
                       const JournalHash& hash) {
  const auto add_number = [](Column& column, std::int64_t value) {
    put(column.bytes, 8);
    put(column.bytes, static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32));
    put(column.bytes, static_cast<std::uint32_t>(value));
  };
  add_number(columns_[0], static_cast<std::int64_t>(entry.number));
  add_number(columns_[1], static_cast<std::int64_t>(entry.at.time_since_epoch().count()));
  add_number(columns_[2], version);
  columns_[3].add(entry.type);
  columns_[4].add(entry.subject);
  columns_[5].add(data);
  columns_[6].add({reinterpret_cast<const char*>(hash.data()), hash.size()});
  ++rows_;
  std::string count;
  put(count, rows_);
  for (Column& column : columns_) column.bytes.replace(12, 4, count);
}

std::vector<Parameter> EntryColumns::parameters() const {
  std::vector<Parameter> parameters;
  for (const Column& column : columns_) parameters.push_back({column.type, column.bytes});
  return parameters;
}

WriterSession::WriterSession(const Address& address, const std::string& writer)
    : connection_(address, Connection::Use::write) {
  require_encoding();
  make_durable();
  make_tables();
  lock();
  const Parameter name{Type::text, writer};
  epoch_ =
      connection_
          .ask("UPDATE vcsr_journal_writer SET epoch = epoch + 1, writer = $1 RETURNING epoch", {&name, 1})
          .number(0, 0);
  const Rows newest = connection_.ask("SELECT number, hash FROM vcsr_journal ORDER BY number DESC LIMIT 1");
  if (newest.size() == 0) return;
  last_ = static_cast<std::uint64_t>(newest.number(0, 0));
  head_ = hash_of(newest.bytes(0, 1));
}

WriterSession::WriterSession(const Address& address, const WriterSession& before)
    : connection_(address, Connection::Use::write), epoch_(before.epoch_) {
  make_durable();
  if (epoch() != epoch_) replaced();
  free_lock_of(before.session_);
  lock();
  if (epoch() != epoch_) replaced();
}

void WriterSession::require_encoding() {
  const Rows encoding = connection_.ask("SELECT current_setting('server_encoding')");
  if (encoding.bytes(0, 0) != "UTF8")
    throw Error(Error::Code::unavailable, "the database's encoding is " + std::string(encoding.bytes(0, 0)) +
                                              "; make one with ENCODING 'UTF8'");
}

/// A server may be set to tell of commits before they are on its disk; this session's are.
void WriterSession::make_durable() {
  const Rows set = connection_.ask("SELECT current_setting('synchronous_commit')");
  if (set.bytes(0, 0) == "off") connection_.ask("SET synchronous_commit = on");
}

void WriterSession::make_tables() {
  const Rows there = connection_.ask("SELECT (to_regclass('vcsr_journal_writer') IS NOT NULL)::int4::int8");
  if (there.number(0, 0) == 0) {
    connection_.ask("BEGIN");
    // One at a time, also on the first day.
    connection_.ask("SELECT pg_advisory_xact_lock(7661, 0)");
    connection_.ask(
        "CREATE TABLE IF NOT EXISTS vcsr_journal (number bigint PRIMARY KEY, at bigint NOT NULL, version "
        "bigint NOT"
        " NULL, type text NOT NULL, subject text NOT NULL, data text NOT NULL, hash bytea NOT NULL)");
    connection_.ask(
        "CREATE TABLE IF NOT EXISTS vcsr_journal_writer (one boolean PRIMARY KEY DEFAULT true CHECK (one),"
        " format bigint NOT NULL, epoch bigint NOT NULL, writer text NOT NULL)");
    connection_.ask("INSERT INTO vcsr_journal_writer VALUES (true, 2, 0, '') ON CONFLICT DO NOTHING");
    connection_.ask("COMMIT");
  }
  const std::int64_t format = connection_.ask("SELECT format FROM vcsr_journal_writer").number(0, 0);
  if (format != journal_format)
    throw Error(Error::Code::unavailable, "a newer version of this program wrote it (format " +
                                              std::to_string(format) +
                                              ", this one knows 2); use that version");
}

/// A writer that was killed a moment ago may still have it.
void WriterSession::lock() {
  connection_.ask("SET lock_timeout = '2s'");
  try {
    connection_.ask(wait_for_lock);
  } catch (const Error&) {
    if (!connection_.usable()) throw;
  }
  connection_.ask("SET lock_timeout = DEFAULT");
  if (connection_.ask(have_lock).number(0, 0) != 0) {
    session_ = connection_.ask("SELECT pg_backend_pid()::int8").number(0, 0);
    return;
  }
  const Rows holder = connection_.ask("SELECT writer FROM vcsr_journal_writer");
  throw Error(Error::Code::refused,
              std::string(holder.bytes(0, 0)) + " is writing it; end that one or name another database");
}

/// The server may not have noticed yet that the connection before is gone.
void WriterSession::free_lock_of(std::int64_t session) {
  const std::string bytes = binary(session);
  const Parameter parameter = number(bytes);
  connection_.ask(
      "SELECT pg_terminate_backend(pid, 2000) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7661 "
      "AND"
      " objid = 'vcsr_journal_writer'::regclass::oid AND granted AND pid = $1",
      {&parameter, 1});
}

std::int64_t WriterSession::epoch() {
  return connection_.ask("SELECT epoch FROM vcsr_journal_writer").number(0, 0);
}

JournalHash WriterSession::write(std::span<const JournalEntry> entries, const JournalHash& before,
                                 EntryColumns& columns) {
  JournalHash hash = before;
  const std::string epoch = binary(epoch_);
  while (!entries.empty()) {
    const std::span<const JournalEntry> some = entries.first(std::min(entries.size(), most_at_once));
    entries = entries.subspan(some.size());
    columns.clear();
    for (const JournalEntry& entry : some) {
      const std::string data = to_json(entry.data);
      const int version = event_version(entry.type);
      hash = hasher_.after(hash, {.number = entry.number,
                                  .at = entry.at,
                                  .version = version,
                                  .type = entry.type,
                                  .subject = entry.subject,
                                  .data = data});
      columns.add(entry, data, version, hash);
    }
    std::vector<Parameter> parameters = columns.parameters();
    parameters.insert(parameters.begin(), number(epoch));
    if (connection_.ask(insert, parameters).number(0, 0) != 1) replaced();
  }
  return hash;
}

std::string hint_channel(Connection& connection) {
  return "vcsr_journal_" +
         std::string(connection.ask("SELECT 'vcsr_journal_writer'::regclass::oid::text").bytes(0, 0));
}

Rows TableReader::ask(const char* statement, std::span<const Parameter> parameters) {
  try {
    if (!connection_ || !connection_->usable()) connection_.emplace(address_, Connection::Use::read);
    return connection_->ask(statement, parameters);
  } catch (const Error& error) {
    throw Error(error.code(), "journal in " + address_.shown() + ": " + error.what());
  }
}

std::uint64_t TableReader::last() {
  return static_cast<std::uint64_t>(ask("SELECT coalesce(max(number), 0) FROM vcsr_journal").number(0, 0));
}

std::vector<StoredEntry> TableReader::read(std::uint64_t first, std::size_t limit) {
  constexpr std::uint64_t most = INT64_MAX;
  const std::string from = binary(static_cast<std::int64_t>(std::min(first, most)));
  const std::string count = binary(static_cast<std::int64_t>(std::min<std::uint64_t>(limit, most)));
  const Parameter parameters[] = {number(from), number(count)};
  const Rows rows =
      ask("SELECT number, at, version, type, subject, data, hash FROM vcsr_journal WHERE number >= $1 ORDER "
          "BY number"
          " LIMIT $2",
          parameters);
  std::vector<StoredEntry> entries;
  for (int row = 0; row < rows.size(); ++row)
    entries.push_back({.number = static_cast<std::uint64_t>(rows.number(row, 0)),
                       .at = WallTime(std::chrono::microseconds(rows.number(row, 1))),
                       .version = static_cast<int>(rows.number(row, 2)),
                       .type = std::string(rows.bytes(row, 3)),
                       .subject = std::string(rows.bytes(row, 4)),
                       .data = std::string(rows.bytes(row, 5)),
                       .hash = hash_of(rows.bytes(row, 6))});
  return entries;
}

}  // namespace vcsr::postgres

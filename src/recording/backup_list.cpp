// SPDX-License-Identifier: Apache-2.0
#include "recording/backup_list.hpp"

#include <algorithm>
#include <utility>

#include <SQLiteCpp/VariadicBind.h>

namespace vcsr::recording {

namespace {

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS target (
  name TEXT PRIMARY KEY, entry INTEGER NOT NULL DEFAULT 0, ledger_begin INTEGER NOT NULL DEFAULT 0,
  ledger_end INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE IF NOT EXISTS task (
  target TEXT NOT NULL, recording TEXT NOT NULL, number INTEGER NOT NULL, work INTEGER NOT NULL,
  attempts INTEGER NOT NULL, due INTEGER NOT NULL, error TEXT NOT NULL,
  PRIMARY KEY (target, recording)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS task_by_time ON task (target, due, number);
CREATE TABLE IF NOT EXISTS copy (
  target TEXT NOT NULL, recording TEXT NOT NULL, at INTEGER NOT NULL, bytes INTEGER NOT NULL,
  PRIMARY KEY (target, recording)) STRICT, WITHOUT ROWID;
)";

std::int64_t count(WallTime time) { return time.time_since_epoch().count(); }

SQLite::Database opened(const sqlite::Store& store) {
  SQLite::Database database = sqlite::open(store, sqlite::Access::create);
  try {
    database.exec(schema);
  } catch (const SQLite::Exception& error) {
    throw sqlite::unavailable(store, error);
  }
  return database;
}

}  // namespace

BackupList::BackupList(const std::string& folder, std::string target)
    : store_{"list of backups", folder + "/backup.db"},
      target_(std::move(target)),
      database_(opened(store_)) {
  attempt([&] { run("INSERT OR IGNORE INTO target (name) VALUES (?)", target_); });
}

template <class Work>
auto BackupList::attempt(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    throw sqlite::unavailable(store_, error);
  }
}

template <class... Values>
int BackupList::run(const char* text, const Values&... values) {
  SQLite::Statement statement(database_, text);
  SQLite::bind(statement, values...);
  return statement.exec();
}

std::int64_t BackupList::number(const char* text) {
  return attempt([&] {
    SQLite::Statement row(database_, text);
    row.bind(1, target_);
    return row.executeStep() ? row.getColumn(0).getInt64() : 0;
  });
}

std::uint64_t BackupList::place() {
  return static_cast<std::uint64_t>(number("SELECT entry FROM target WHERE name = ?"));
}

void BackupList::take(const RecordingUse& use) {
  const auto entry = static_cast<std::int64_t>(use.number);
  const auto ask = [&](BackupWork work) {
    run("INSERT INTO task VALUES (?, ?, ?, ?, 0, 0, '') ON CONFLICT DO UPDATE SET number = excluded.number,"
        " work = max(work, excluded.work), attempts = 0, due = 0, error = ''",
        target_, use.recording, entry, static_cast<int>(work));
  };
  if (use.kind == "recorded") ask(BackupWork::whole);
  else if (use.kind == "noted") ask(BackupWork::facts);
  else if (use.kind == "destroyed") ask(BackupWork::remove);
  else if (use.kind == "rekeyed")
    run("INSERT INTO task SELECT target, recording, ?, 0, 0, 0, '' FROM copy WHERE target = ?"
        " ON CONFLICT DO NOTHING",
        entry, target_);
}

void BackupList::take(const std::vector<RecordingUse>& uses) {
  if (uses.empty()) return;
  attempt([&] {
    SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
    for (const RecordingUse& use : uses) take(use);
    run("UPDATE target SET entry = ? WHERE name = ?", static_cast<std::int64_t>(uses.back().number), target_);
    transaction.commit();
  });
}

std::vector<BackupTask> BackupList::due(WallTime at, std::size_t limit) {
  return attempt([&] {
    SQLite::Statement rows(database_,
                           "SELECT recording, number, work, attempts FROM task WHERE target = ? AND due <= ?"
                           " ORDER BY due, number LIMIT ?");
    SQLite::bind(rows, target_, count(at), static_cast<std::int64_t>(limit));
    std::vector<BackupTask> tasks;
    while (rows.executeStep())
      tasks.push_back({.recording = rows.getColumn(0).getString(),
                       .number = static_cast<std::uint64_t>(rows.getColumn(1).getInt64()),
                       .work = static_cast<BackupWork>(rows.getColumn(2).getInt()),
                       .attempts = rows.getColumn(3).getInt()});
    return tasks;
  });
}

void BackupList::done(const BackupTask& task, std::uint64_t bytes, WallTime at) {
  attempt([&] {
    SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
    run("DELETE FROM task WHERE target = ? AND recording = ?", target_, task.recording);
    if (task.work == BackupWork::whole)
      run("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?)", target_, task.recording, count(at),
          static_cast<std::int64_t>(bytes));
    else if (task.work == BackupWork::remove)
      run("DELETE FROM copy WHERE target = ? AND recording = ?", target_, task.recording);
    transaction.commit();
  });
}

void BackupList::failed(const BackupTask& task, const std::string& why, WallTime again) {
  attempt([&] {
    run("UPDATE task SET attempts = attempts + 1, due = ?, error = ? WHERE target = ? AND recording = ?",
        count(again), why, target_, task.recording);
  });
}

LedgerCopy BackupList::ledger() {
  return {.begin = static_cast<std::uint64_t>(number("SELECT ledger_begin FROM target WHERE name = ?")),
          .end = static_cast<std::uint64_t>(number("SELECT ledger_end FROM target WHERE name = ?"))};
}

void BackupList::set_ledger(const LedgerCopy& copy) {
  attempt([&] {
    run("UPDATE target SET ledger_begin = ?, ledger_end = ? WHERE name = ?",
        static_cast<std::int64_t>(copy.begin), static_cast<std::int64_t>(copy.end), target_);
  });
}

bool BackupList::used() { return number("SELECT ledger_end FROM target WHERE name = ?") > 0; }

void BackupList::set_last(WallTime at) {
  attempt([&] { run("UPDATE target SET last = ? WHERE name = ?", count(at), target_); });
}

BackupStatus BackupList::status() {
  const auto whole = [&](const char* text) { return static_cast<std::size_t>(number(text)); };
  BackupStatus status{.target = target_,
                      .copied = whole("SELECT count(*) FROM copy WHERE target = ?"),
                      .bytes = whole("SELECT coalesce(sum(bytes), 0) FROM copy WHERE target = ?"),
                      .waiting = whole("SELECT count(*) FROM task WHERE target = ?")};
  status.last = WallTime(std::chrono::microseconds(number("SELECT last FROM target WHERE name = ?")));
  attempt([&] {
    SQLite::Statement row(
        database_, "SELECT recording, error FROM task WHERE target = ? AND error <> '' ORDER BY number");
    row.bind(1, target_);
    if (row.executeStep())
      status.trouble = "recording " + row.getColumn(0).getString() + " is not in the backup " + target_ +
                       ": " + row.getColumn(1).getString();
  });
  return status;
}

}  // namespace vcsr::recording

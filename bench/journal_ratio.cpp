// SPDX-License-Identifier: Apache-2.0
// The journal beside SQLite itself: the same rows, but for their hashes, in transactions of the same size, by
// turns. Wall time, because the disk is part of it; the median of the rounds, because others use it too.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <vcsr/base/asio_loop.hpp>
#include <vcsr/journal_events.hpp>
#include <vcsr/store/sqlite/sqlite.hpp>

#include "figure.hpp"

using namespace vcsr;

namespace {

constexpr std::size_t rounds = 15, bursts = 20, per_burst = 1000;

Facts outcome() { return {{"outcome", "self_served"}, {"cause", "normal"}, {"length", 12.5}, {"queue", ""}}; }

double per_second(Duration took) {
  return static_cast<double>(bursts * per_burst) / std::chrono::duration<double>(took).count();
}

Task<> fill(AsioLoop& loop, Journal& journal, double& rate) {
  const Timestamp began = loop.now();
  for (std::size_t burst = 0; burst < bursts; ++burst) {
    for (std::size_t i = 0; i < per_burst; ++i)
      journal.append(events::contact_closed, loop.new_id(), outcome());
    Task<> durable = journal.durable();
    co_await std::move(durable);
  }
  rate = per_second(loop.now() - began);
  loop.stop();
}

double journal_rate(AsioLoop& loop, Journal& journal) {
  double rate = 0;
  Task<> filling = fill(loop, journal, rate);
  filling.start();
  loop.run();
  return rate;
}

double raw_rate(AsioLoop& loop, SQLite::Database& database, std::int64_t& number) {
  SQLite::Statement insert(database, "INSERT INTO journal VALUES (?, ?, ?, ?, ?)");
  const std::string data = to_json(outcome());
  const Timestamp began = loop.now();
  for (std::size_t burst = 0; burst < bursts; ++burst) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    for (std::size_t i = 0; i < per_burst; ++i) {
      const std::string subject = loop.new_id();
      insert.bind(1, ++number);
      insert.bind(2, static_cast<std::int64_t>(loop.wall_time().time_since_epoch().count()));
      insert.bindNoCopy(3, events::contact_closed);
      insert.bindNoCopy(4, subject);
      insert.bindNoCopy(5, data);
      insert.exec();
      insert.reset();
    }
    transaction.commit();
  }
  return per_second(loop.now() - began);
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : ".";
  const std::string path = (folder / "journal-figure.db").string(), raw = (folder / "raw-figure.db").string();
  for (const std::string& file : {path, raw})
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(file + suffix);
  SQLite::Database database(raw, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec("PRAGMA journal_mode=WAL");
  database.exec("PRAGMA synchronous=FULL");
  database.exec(
      "CREATE TABLE journal (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL, subject "
      "TEXT NOT NULL,"
      " data TEXT NOT NULL) STRICT");
  AsioLoop loop;
  const auto journal = open_sqlite_journal(loop, path);
  std::vector<double> ours, theirs, ratios;
  std::int64_t number = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    ours.push_back(journal_rate(loop, *journal));
    theirs.push_back(raw_rate(loop, database, number));
    ratios.push_back(ours.back() / theirs.back());
  }
  std::printf(
      "{\"name\": \"journal_events_ratio\", \"value\": %.2f, \"journal_per_s\": %.0f, \"sqlite_per_s\": "
      "%.0f}\n",
      median(ratios), median(ours), median(theirs));
}

// SPDX-License-Identifier: Apache-2.0
// Entries made durable in SQLite: bursts of 1,000, each awaited. Wall time, because the disk is part of it.
#include <filesystem>
#include <string>

#include <vcsr/base/asio_loop.hpp>
#include <vcsr/journal_events.hpp>
#include <vcsr/store/sqlite/sqlite.hpp>

#include "figure.hpp"

using namespace vcsr;

namespace {

constexpr std::size_t bursts = 200;
constexpr std::size_t per_burst = 1000;

Task<> fill(AsioLoop& loop, Journal& journal) {
  const Timestamp began = loop.now();
  for (std::size_t burst = 0; burst < bursts; ++burst) {
    for (std::size_t i = 0; i < per_burst; ++i) {
      journal.append(events::contact_closed, loop.new_id(),
                     {{"outcome", "self_served"}, {"cause", "normal"}, {"length", 12.5}, {"queue", ""}});
    }
    Task<> durable = journal.durable();
    co_await std::move(durable);
  }
  const std::chrono::duration<double> took = loop.now() - began;
  print_rate("journal_events_per_s", bursts * per_burst, took.count());
  loop.stop();
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : ".";
  const std::string path = (folder / "journal-figure.db").string();
  for (const char* suffix : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(path + suffix);
  AsioLoop loop;
  const auto journal = open_sqlite_journal(loop, path);
  Task<> filling = fill(loop, *journal);
  filling.start();
  loop.run();
}

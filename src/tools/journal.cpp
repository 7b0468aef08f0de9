// SPDX-License-Identifier: Apache-2.0
#include "tools/journal.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "tools/run_to_end.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace {

constexpr std::size_t entries_at_once = 1000;

void print(const JournalRequest& request, const JournalEntry& entry) {
  if (!request.filter.passes(entry)) return;
  std::printf("%s\n", (request.json ? json_of(entry) : line_of(entry)).c_str());
}

Task<int> show(Journal& journal, const JournalRequest& request) {
  std::uint64_t next = request.from;
  while (true) {
    const std::vector<JournalEntry> entries = co_await journal.read(next, entries_at_once);
    if (entries.empty()) break;
    for (const JournalEntry& entry : entries) print(request, entry);
    next = entries.back().number + 1;
  }
  std::fflush(stdout);
  co_return succeeded;
}

Task<int> follow(AsioLoop& loop, Journal& journal, const JournalRequest& request) {
  Event<std::monostate> asked(loop);
  loop.on_signal([&asked] { asked.set({}); });
  const Journal::Subscription following = journal.follow(request.from, [&request](const JournalEntry& entry) {
    print(request, entry);
    std::fflush(stdout);
  });
  co_await asked;
  co_return succeeded;
}

}  // namespace

int show_journal(const JournalRequest& request) {
  const std::filesystem::path path(request.path);
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = read_sqlite_journal(
      loop, std::filesystem::is_directory(path) ? (path / "journal.db").string() : request.path);
  return run_to_end(loop, request.follow ? follow(loop, *journal, request) : show(*journal, request));
}

}  // namespace vcsr

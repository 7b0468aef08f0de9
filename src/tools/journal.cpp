// SPDX-License-Identifier: Apache-2.0
#include "tools/journal.hpp"

#include <cstdio>
#include <memory>
#include <vector>

#include "tools/journal_events_page.hpp"
#include "tools/journal_place.hpp"
#include "tools/run_to_end.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/event.hpp"

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

/// Where an export goes.
class Output {
 public:
  explicit Output(const std::string& path)
      : path_(path), file_(path.empty() ? stdout : std::fopen(path.c_str(), "wx")) {
    if (!file_)
      throw Error(Error::Code::unavailable,
                  "the file " + path +
                      " cannot be made: name one that does not exist, in a folder this user may write");
  }
  ~Output() {
    if (file_ && file_ != stdout) std::fclose(file_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void line(const std::string& text) {
    if (std::fputs(text.c_str(), file_) < 0 || std::fputc('\n', file_) < 0) fail();
  }
  void end() {
    if (std::fflush(file_) != 0) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(Error::Code::unavailable,
                (path_.empty() ? "the standard output" : path_) + " takes no more: is the disk full?");
  }

  const std::string path_;
  std::FILE* const file_;
};

}  // namespace

int show_journal(const JournalRequest& request) {
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = JournalPlace(request.path).read(loop);
  return run_to_end(loop, request.follow ? follow(loop, *journal, request) : show(*journal, request));
}

int print_journal_events() {
  std::fputs(journal_events_page().c_str(), stdout);
  return succeeded;
}

int export_journal(const JournalRequest& request) {
  const std::unique_ptr<JournalReader> reader = JournalPlace(request.path).reader();
  reader->last();
  Output output(request.output);
  std::uint64_t next = request.from;
  while (true) {
    const std::vector<StoredEntry> entries = reader->read(next, entries_at_once);
    if (entries.empty()) break;
    for (const StoredEntry& entry : entries)
      if (request.filter.passes(entry_of(entry))) output.line(json_of(entry));
    next = entries.back().number + 1;
  }
  output.end();
  return succeeded;
}

}  // namespace vcsr

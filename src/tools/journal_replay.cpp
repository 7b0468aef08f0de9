// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "base/facts.hpp"
#include "core/record_fold.hpp"
#include "store/sqlite/copy_database.hpp"
#include "tools/journal.hpp"
#include "tools/journal_place.hpp"
#include "tools/record_differences.hpp"
#include "tools/run_to_end.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/store/memory.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t entries_at_once = 2000, whole_history = 1'000'000'000;
constexpr std::uint64_t most_lines = 20;

/// A folder that goes with its owner.
class Scratch {
 public:
  Scratch() {
    path_ = (fs::temp_directory_path() / "vcsr-replay-XXXXXX").string();
    if (!::mkdtemp(path_.data()))
      throw Error(Error::Code::unavailable, "no folder can be made in " + fs::temp_directory_path().string());
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string operator/(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// The stores that are compared, and what came of it.
struct Replay {
  Journal& journal;
  CustomerStore& rebuilt;
  CustomerStore& live;
  std::set<std::string> customers = {}, erased = {};
  std::uint64_t contacts = 0, wrong = 0;

  void tell(const std::string& line) {
    if (++wrong <= most_lines) std::printf("%s\n", line.c_str());
  }
};

Task<> dispose_late(Replay& replay, std::string contact, Facts said) {
  std::optional<ContactRecord> record = co_await replay.rebuilt.contact(contact);
  if (!record) co_return;
  note_disposition(*record, said);
  co_await replay.rebuilt.keep(*record);
}

Task<> rebuild(Replay& replay, std::uint64_t last) {
  RecordFold fold;
  for (std::uint64_t next = 1; next <= last;) {
    const std::vector<JournalEntry> entries = co_await replay.journal.read(next, entries_at_once);
    if (entries.empty()) break;
    for (const JournalEntry& entry : entries) {
      const ContactRecord* const record = fold.apply(entry);
      if (entry.type == events::customer_erased) replay.erased.insert(entry.subject);
      if (record && entry.type == events::contact_closed) {
        if (!record->customer.empty()) replay.customers.insert(record->customer);
        co_await replay.rebuilt.keep(*record);
      }
      if (!record && entry.type == events::contact_disposed) {
        Task<> disposing = dispose_late(replay, entry.subject, entry.data);
        co_await std::move(disposing);
      }
    }
    next = entries.back().number + 1;
  }
}

Task<> compare_contact(Replay& replay, std::string id) {
  const std::optional<ContactRecord> told = co_await replay.rebuilt.contact(id);
  const std::optional<ContactRecord> stored = co_await replay.live.contact(id);
  if (!told || replay.erased.contains(told->customer)) co_return;
  ++replay.contacts;
  if (!stored) {
    replay.tell("contact " + id + ": it is not in the store");
    co_return;
  }
  for (const std::string& difference : record_differences(*told, *stored))
    replay.tell("contact " + id + ": " + difference);
}

Task<> compare_contacts(Replay& replay, std::uint64_t last) {
  for (std::uint64_t next = 1; next <= last;) {
    const std::vector<JournalEntry> entries = co_await replay.journal.read(next, entries_at_once);
    if (entries.empty()) break;
    for (const JournalEntry& entry : entries) {
      if (entry.type != events::contact_closed || entry.number > last) continue;
      Task<> comparing = compare_contact(replay, entry.subject);
      co_await std::move(comparing);
    }
    next = entries.back().number + 1;
  }
}

std::multiset<std::string> ids_of(const std::vector<ContactRecord>& records) {
  std::multiset<std::string> ids;
  for (const ContactRecord& record : records) ids.insert(record.id);
  return ids;
}

/// Also what is in a history and was never journalled.
Task<> compare_history(Replay& replay, std::string customer) {
  const std::vector<ContactRecord> stored = co_await replay.live.history(customer, whole_history);
  std::multiset<std::string> told;
  std::set<std::string> ids;  // of folders that were merged, the contacts of all
  for (const ContactRecord& record : stored) ids.insert(record.customer);
  ids.insert(customer);
  for (const std::string& id : ids) {
    const std::vector<ContactRecord> some = co_await replay.rebuilt.history(id, whole_history);
    told.merge(ids_of(some));
  }
  const std::multiset<std::string> found = ids_of(stored);
  if (told == found) co_return;
  replay.tell("customer " + customer + ": " + std::to_string(told.size()) + " contacts by the journal, " +
              std::to_string(found.size()) + " in the store's history");
}

Task<int> compare(Replay& replay) {
  const std::uint64_t last = replay.journal.last();
  Task<> rebuilding = rebuild(replay, last);
  co_await std::move(rebuilding);
  Task<> contacts = compare_contacts(replay, last);
  co_await std::move(contacts);
  for (const std::string& customer : replay.customers) {
    if (replay.erased.contains(customer)) continue;
    Task<> history = compare_history(replay, customer);
    co_await std::move(history);
  }
  if (replay.wrong > most_lines)
    std::printf("and %llu more\n", static_cast<unsigned long long>(replay.wrong - most_lines));
  std::printf("%llu entries replayed: %llu contacts and the histories of %zu customers, %llu differences\n",
              static_cast<unsigned long long>(last), static_cast<unsigned long long>(replay.contacts),
              replay.customers.size(), static_cast<unsigned long long>(replay.wrong));
  co_return replay.wrong > 0 ? failed : succeeded;
}

}  // namespace

int replay_journal(const JournalRequest& request) {
  const JournalPlace place(request.journal.empty() ? request.path : request.journal);
  const fs::path folder =
      fs::is_directory(request.path) ? fs::path(request.path) : fs::path(request.path).parent_path();
  if (!request.output.empty() && fs::exists(request.output))
    throw Error(Error::Code::refused, "the file " + request.output + " exists; name one that does not");
  AsioLoop loop;
  const std::unique_ptr<Journal> journal = place.read(loop);
  const Scratch scratch;
  sqlite::copy_database((folder / "center.db").string(), scratch / "center.db");
  const std::unique_ptr<CustomerStore> live = open_sqlite_customers(loop, scratch / "center.db");
  const std::unique_ptr<CustomerStore> rebuilt =
      request.output.empty() ? make_memory_customers(loop)
                             : open_sqlite_customers(loop, request.output, {.group = {}});
  Replay replay{.journal = *journal, .rebuilt = *rebuilt, .live = *live};
  return run_to_end(loop, compare(replay));
}

}  // namespace vcsr

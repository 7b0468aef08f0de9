// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "store/journal/journal_check.hpp"
#include "store/sqlite/torn_log.hpp"
#include "tools/journal.hpp"
#include "tools/journal_place.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_schema.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace {

/// An entry's number and hash that somebody noted elsewhere.
struct Noted {
  std::uint64_t number = 0;
  std::string hash;

  explicit Noted(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == 0 || colon == std::string::npos || text.find_first_not_of("0123456789") != colon ||
        text.size() - colon != 65)
      throw Error(Error::Code::invalid,
                  "expected NUMBER:HASH as \"vcsr journal verify\" printed it, not \"" + text + "\"");
    number = std::stoull(text.substr(0, colon));
    hash = text.substr(colon + 1);
  }
};

void say_torn(const std::string& path) {
  if (const std::uint64_t bytes = sqlite::torn_bytes(path); bytes > 0)
    std::printf(
        "%llu bytes at the end of %s-wal belong to no whole commit, and are dropped when the journal is "
        "opened (where a center writes now: they are in the making)\n",
        static_cast<unsigned long long>(bytes), path.c_str());
}

/// How often it is not as its schema says.
std::size_t say_odd(const StoredEntry& entry) {
  const std::vector<std::string> faults = schema_faults(entry_of(entry));
  for (const std::string& fault : faults)
    std::printf("entry %llu: %s\n", static_cast<unsigned long long>(entry.number), fault.c_str());
  return faults.size();
}

int bad(std::uint64_t number, const std::string& why) {
  std::printf("entry %llu is bad: %s\n", static_cast<unsigned long long>(number), why.c_str());
  return failed;
}

}  // namespace

int verify_journal(const JournalRequest& request) {
  const JournalPlace place(request.path);
  std::optional<Noted> noted;
  if (!request.expected.empty()) noted.emplace(request.expected);
  std::optional<std::string> found;
  const std::unique_ptr<JournalReader> reader = place.reader();
  reader->last();
  if (!place.postgres) say_torn(place.path);
  std::uint64_t odd = 0;
  const JournalReport report = check_journal(*reader, [&](const StoredEntry& entry) {
    if (request.schema) odd += say_odd(entry);
    if (noted && entry.number == noted->number) found = entry.hash ? to_string(*entry.hash) : "";
  });
  std::printf("%llu entries are good\n", static_cast<unsigned long long>(report.good));
  if (report.fault) return bad(report.fault->number, report.fault->why);
  if (!report.chained) {
    std::printf("an earlier version wrote them: only their numbers could be checked, there is no chain\n");
    return succeeded;
  }
  if (noted && !found)
    return bad(report.good + 1, "entries up to " + std::to_string(noted->number) + " were noted");
  if (noted && *found != noted->hash) return bad(noted->number, "another hash was noted");
  if (odd > 0) {
    std::printf("%llu times an entry is not as the schema of its type says\n",
                static_cast<unsigned long long>(odd));
    return failed;
  }
  std::printf("the chain ends at %llu:%s\n", static_cast<unsigned long long>(report.good),
              to_string(report.head).c_str());
  return succeeded;
}

int migrate_journal(const JournalRequest& request) {
  const JournalPlace place(request.path);
  if (place.postgres) {
    std::printf("a journal in PostgreSQL has been of today's format from its beginning\n");
    return succeeded;
  }
  const std::string copy = request.copy ? journal_backup(place.path) : "";
  const JournalMigration migration = migrate_sqlite_journal(place.path, copy);
  if (migration.from == migration.to) {
    std::printf("%s is up to date (format %d)\n", place.path.c_str(), migration.to);
    return succeeded;
  }
  std::printf("%s: format %d is now %d, %llu entries\n", place.path.c_str(), migration.from, migration.to,
              static_cast<unsigned long long>(migration.entries));
  if (!copy.empty()) std::printf("the journal as it was: %s\n", copy.c_str());
  return succeeded;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "tools/journal_source.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include "base/facts.hpp"
#include "tools/journal_place.hpp"
#include "tools/run_to_end.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/store/postgres/postgres.hpp"

namespace vcsr {

namespace {

using Tell = std::function<void(const JournalEntry&)>;
constexpr std::size_t entries_at_once = 1000;

bool is_database(const std::string& path) {
  std::string begin(15, '\0');
  std::ifstream file(path, std::ios::binary);
  return file.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == "SQLite format 3";
}

/// `tell` is the caller's, who awaits this.
Task<int> tell_all(Journal& journal, const Tell& tell) {
  std::uint64_t next = 1;
  while (true) {
    const std::vector<JournalEntry> entries = co_await journal.read(next, entries_at_once);
    if (entries.empty()) co_return succeeded;
    for (const JournalEntry& entry : entries) tell(entry);
    next = entries.back().number + 1;
  }
}

JournalEntry entry_of(const std::string& line) {
  const Value value = from_json(line);
  const Value::Map* const entry = value.get_if<Value::Map>();
  if (!entry) throw Error(Error::Code::invalid, "it is no object");
  for (const char* needed : {"at", "type", "subject"})
    if (!entry->contains(needed)) throw Error(Error::Code::invalid, std::string(needed) + " is missing");
  const auto data = entry->find("data");
  const Facts* const facts = data == entry->end() ? nullptr : data->second.get_if<Facts>();
  return {.number = static_cast<std::uint64_t>(number_in(*entry, "number")),
          .at = parse_wall_time(text_in(*entry, "at")),
          .type = text_in(*entry, "type"),
          .subject = text_in(*entry, "subject"),
          .data = facts ? *facts : Facts()};
}

JournalEntry entry_at(const std::string& path, int number, const std::string& line) {
  try {
    return entry_of(line);
  } catch (const Error& error) {
    throw Error(Error::Code::invalid, Place{path, number, ""},
                "expected an entry as \"vcsr journal show --json\" prints it: " + std::string(error.what()));
  }
}

}  // namespace

void read_whole_journal(const std::string& path, const Tell& tell) {
  if (is_postgres_address(path) || std::filesystem::is_directory(path) || is_database(path)) {
    AsioLoop loop;
    const std::unique_ptr<Journal> journal = JournalPlace(path).read(loop);
    run_to_end(loop, tell_all(*journal, tell));
    return;
  }
  std::ifstream file(path);
  if (!file) throw Error(Error::Code::not_found, "there is no journal " + path);
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (!line.empty()) tell(entry_at(path, number, line));
  }
}

}  // namespace vcsr

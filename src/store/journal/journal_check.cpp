// SPDX-License-Identifier: Apache-2.0
#include "store/journal/journal_check.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::size_t page = 2000;

/// "" when the entry follows those before it.
std::string wrong(const StoredEntry& entry, JournalReport& report, JournalHasher& hasher) {
  if (entry.number != report.good + 1)
    return "it is missing: the next entry is " + std::to_string(entry.number);
  if (!entry.hash) {
    if (report.good > 0 && report.chained) return "it has no hash";
    report.chained = false;
    return {};
  }
  const JournalHash hash = hasher.after(report.head, {.number = entry.number,
                                                      .at = entry.at,
                                                      .version = entry.version,
                                                      .type = entry.type,
                                                      .subject = entry.subject,
                                                      .data = entry.data});
  if (hash != *entry.hash) return "it, or its place in the chain, was changed: its hash does not match";
  report.head = hash;
  return {};
}

}  // namespace

JournalReport check_journal(JournalReader& reader, const std::function<void(const StoredEntry&)>& each) {
  JournalReport report;
  JournalHasher hasher;
  const auto fail = [&report](const std::string& why) {
    report.fault = JournalReport::Fault{.number = report.good + 1, .why = why};
    return report;
  };
  try {
    for (;;) {
      const std::vector<StoredEntry> entries = reader.read(report.good + 1, page);
      if (entries.empty()) return report;
      for (const StoredEntry& entry : entries) {
        if (const std::string why = wrong(entry, report, hasher); !why.empty()) return fail(why);
        if (each) each(entry);
        ++report.good;
      }
    }
  } catch (const Error& error) {
    return fail(std::string("it cannot be read: ") + error.what());
  }
}

}  // namespace vcsr

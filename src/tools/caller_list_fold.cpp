// SPDX-License-Identifier: Apache-2.0
#include "tools/caller_list_fold.hpp"

#include "base/facts.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

bool over(const CallerEntry& entry, WallTime now) { return entry.until && *entry.until <= now; }

}  // namespace

CallerListFold::CallerListFold(const std::vector<CallerListOptions>& lists) {
  for (const CallerListOptions& list : lists) {
    Entries& entries = lists_[list.name];
    for (CallerEntry entry : list.entries) {
      entry.number = require_caller_number(entry.number);
      entries.insert_or_assign(entry.number, Kept{entry, true});
    }
  }
}

void CallerListFold::apply(const JournalEntry& entry) {
  const bool listed = entry.type == events::caller_listed;
  if (!listed && entry.type != events::caller_unlisted) return;
  const auto list = lists_.find(entry.subject);
  if (list == lists_.end()) return;
  const std::string number = text_in(entry.data, "number");
  if (const auto known = list->second.find(number); known != list->second.end() && known->second.fixed)
    return;
  if (!listed) {
    list->second.erase(number);
    return;
  }
  CallerEntry made{.number = number, .reason = text_in(entry.data, "reason")};
  if (const std::string until = text_in(entry.data, "until"); !until.empty())
    made.until = parse_wall_time(until);
  made.by = text_in(entry.data, "by");
  made.since = entry.at;
  list->second.insert_or_assign(number, Kept{made});
}

std::vector<std::string> CallerListFold::names() const {
  std::vector<std::string> all;
  for (const auto& [name, entries] : lists_) all.push_back(name);
  return all;
}

const CallerListFold::Entries& CallerListFold::of(const std::string& list) const {
  const auto found = lists_.find(list);
  if (found != lists_.end()) return found->second;
  std::string known;
  for (const auto& [name, entries] : lists_) known += (known.empty() ? "" : ", ") + name;
  throw Error(Error::Code::not_found,
              "there is no list of callers '" + list + "'; there are: " + (known.empty() ? "none" : known));
}

std::vector<CallerEntry> CallerListFold::entries(const std::string& list, WallTime now) const {
  std::vector<CallerEntry> all;
  for (const auto& [number, kept] : of(list))
    if (!over(kept.entry, now)) all.push_back(kept.entry);
  return all;
}

Facts CallerListFold::add(const std::string& list, const CallerEntry& entry, WallTime now) const {
  const Entries& entries = of(list);
  const std::string number = require_caller_number(entry.number);
  if (over(entry, now))
    throw Error(Error::Code::invalid, "until: expected a time to come, got " + to_string(*entry.until));
  if (const auto known = entries.find(number); known != entries.end() && known->second.fixed)
    throw Error(Error::Code::refused, number + " is on list '" + list + "' for good, by the configuration");
  return {{"number", number},
          {"reason", entry.reason},
          {"by", entry.by},
          {"until", entry.until ? to_string(*entry.until) : ""}};
}

Facts CallerListFold::remove(const std::string& list, const std::string& text, const std::string& by,
                             const std::string& reason, WallTime now) const {
  const Entries& entries = of(list);
  const std::string number = require_caller_number(text);
  const auto known = entries.find(number);
  if (known == entries.end() || over(known->second.entry, now))
    throw Error(Error::Code::not_found, number + " is not on list '" + list + "'");
  if (known->second.fixed)
    throw Error(Error::Code::refused,
                number + " is on list '" + list + "' for good: take it out of the configuration");
  return {{"number", number}, {"reason", reason}, {"by", by}};
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "store/customers/customer_merge.hpp"

#include <algorithm>

namespace vcsr {

namespace {

template <class Item>
void append(std::vector<Item>& items, const std::vector<Item>& more) {
  items.insert(items.end(), more.begin(), more.end());
}

/// By the time they were made, those of the same time as they stood.
template <class Item>
void append_by_time(std::vector<Item>& items, const std::vector<Item>& more) {
  append(items, more);
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.at < b.at; });
}

void fill(std::string& text, const std::string& other) {
  if (text.empty()) text = other;
}

/// A matter is named within its folder: that of the other folder goes by both names where they are the same.
void append_matters(Customer& into, const Customer& from) {
  for (Matter matter : from.matters) {
    const auto same = [&matter](const Matter& other) { return other.id == matter.id; };
    if (std::any_of(into.matters.begin(), into.matters.end(), same)) matter.id = from.id + "/" + matter.id;
    into.matters.push_back(std::move(matter));
  }
}

template <class Part>
Part undone(const Part& before, const Part& after, const Part& now) {
  return now == after ? before : now;
}

Facts undone_facts(const Facts& before, const Facts& after, const Facts& now) {
  Facts left;
  for (const auto& [key, value] : now) {
    const auto merged = after.find(key);
    const bool changed = merged == after.end() || merged->second != value;
    const auto old = before.find(key);
    if (changed) left.emplace(key, value);
    else if (old != before.end()) left.emplace(key, old->second);
  }
  return left;
}

template <class Item>
std::vector<Item> undone_items(const std::vector<Item>& before, const std::vector<Item>& after,
                               const std::vector<Item>& now) {
  if (now == after) return before;
  std::vector<Item> came = after;
  for (const Item& item : before)
    if (const auto own = std::find(came.begin(), came.end(), item); own != came.end()) came.erase(own);
  std::vector<Item> left;
  for (const Item& item : now) {
    const auto with_merge = std::find(came.begin(), came.end(), item);
    if (with_merge == came.end()) left.push_back(item);
    else came.erase(with_merge);
  }
  return left;
}

}  // namespace

Customer joined(const Customer& kept, const Customer& merged) {
  Customer both = kept;
  fill(both.name, merged.name);
  fill(both.language, merged.language);
  fill(both.prefers.agent, merged.prefers.agent);
  fill(both.prefers.channel, merged.prefers.channel);
  if (both.prefers.times.empty()) both.prefers.times = merged.prefers.times;
  append(both.identities, merged.identities);
  both.indicators.insert(merged.indicators.begin(), merged.indicators.end());
  both.profile.insert(merged.profile.begin(), merged.profile.end());
  both.attributes.insert(merged.attributes.begin(), merged.attributes.end());
  append_by_time(both.consents, merged.consents);
  append_by_time(both.notes, merged.notes);
  append_matters(both, merged);
  both.provisional = kept.provisional && merged.provisional;
  return both;
}

Customer separated(const CustomerMerge& merge, const Customer& now) {
  const Customer& before = merge.kept_before;
  const Customer after = joined(before, merge.merged_before);
  return {.id = now.id,
          .name = undone(before.name, after.name, now.name),
          .language = undone(before.language, after.language, now.language),
          .identities = undone_items(before.identities, after.identities, now.identities),
          .indicators = undone_facts(before.indicators, after.indicators, now.indicators),
          .profile = undone_facts(before.profile, after.profile, now.profile),
          .attributes = undone_facts(before.attributes, after.attributes, now.attributes),
          .prefers = {.agent = undone(before.prefers.agent, after.prefers.agent, now.prefers.agent),
                      .channel = undone(before.prefers.channel, after.prefers.channel, now.prefers.channel),
                      .times = undone(before.prefers.times, after.prefers.times, now.prefers.times)},
          .consents = undone_items(before.consents, after.consents, now.consents),
          .notes = undone_items(before.notes, after.notes, now.notes),
          .matters = undone_items(before.matters, after.matters, now.matters),
          .provisional = undone(before.provisional, after.provisional, now.provisional)};
}

ContactRecord without_customer(ContactRecord record) {
  record.customer.clear();
  (record.direction == "out" ? record.to : record.from).clear();
  record.reason.clear();
  record.attributes.clear();
  for (LegRecord& leg : record.legs)
    if (leg.agent.empty()) leg.party.clear();
  return record;
}

void expire(Customer& customer, const Retention& keep, WallTime now, std::size_t& removed) {
  if (keep.notes)
    removed +=
        std::erase_if(customer.notes, [&](const CustomerNote& note) { return note.at < now - *keep.notes; });
  if (keep.matters)
    removed += std::erase_if(customer.matters, [&](const Matter& matter) {
      return matter.closed && *matter.closed < now - *keep.matters;
    });
}

}  // namespace vcsr

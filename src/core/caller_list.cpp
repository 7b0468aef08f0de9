// SPDX-License-Identifier: Apache-2.0
#include "vcsr/caller_list.hpp"

#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "core/caller_list_impl.hpp"
#include "core/caller_number.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

CallerEntry entry_of(const Facts& data, WallTime at) {
  CallerEntry entry{.number = text_in(data, "number"),
                    .reason = text_in(data, "reason"),
                    .by = text_in(data, "by"),
                    .since = at};
  if (const std::string until = text_in(data, "until"); !until.empty()) entry.until = parse_wall_time(until);
  return entry;
}

Task<> tell_off(Call call, Prompt prompt) {
  co_await call.answer();
  co_await call.say(std::move(prompt));
}

Task<> refuse_call(Call call, Cause cause) {
  call.reject(cause);
  co_return;
}

}  // namespace

CallerList::Impl::Impl(std::shared_ptr<Services> owner, CallerListOptions given)
    : services(std::move(owner)), options(std::move(given)) {
  for (CallerEntry entry : options.entries) {
    entry.number = require_caller_number(entry.number);
    if (entry.until) first_end_ = std::min(first_end_.value_or(*entry.until), *entry.until);
    entries_.insert_or_assign(entry.number, std::move(entry));
  }
}

bool CallerList::Impl::fixed(const std::string& number) const {
  return std::any_of(options.entries.begin(), options.entries.end(),
                     [&](const CallerEntry& entry) { return require_caller_number(entry.number) == number; });
}

void CallerList::Impl::apply(const JournalEntry& change) {
  const std::string number = text_in(change.data, "number");
  if (fixed(number)) return;
  if (change.type == events::caller_unlisted) {
    entries_.erase(number);
    return;
  }
  CallerEntry entry = entry_of(change.data, change.at);
  if (entry.until) first_end_ = std::min(first_end_.value_or(*entry.until), *entry.until);
  entries_.insert_or_assign(number, std::move(entry));
}

void CallerList::Impl::add(CallerEntry entry) {
  if (!services->open) return;
  const WallTime now = services->loop.wall_time();
  entry.number = require_caller_number(entry.number);
  entry.since = now;
  if (entry.until && *entry.until <= now)
    throw Error(Error::Code::invalid, "until: expected a time to come, got " + to_string(*entry.until));
  if (fixed(entry.number))
    throw Error(Error::Code::refused,
                entry.number + " is on list '" + options.name + "' for good, by the configuration");
  services->append(events::caller_listed, options.name,
                   {{"number", entry.number},
                    {"reason", entry.reason},
                    {"by", entry.by},
                    {"until", entry.until ? to_string(*entry.until) : ""}});
  if (entry.until) first_end_ = std::min(first_end_.value_or(*entry.until), *entry.until);
  entries_.insert_or_assign(entry.number, std::move(entry));
}

void CallerList::Impl::remove(const std::string& text, const std::string& by, const std::string& reason) {
  if (!services->open) return;
  expire();
  const std::string number = require_caller_number(text);
  if (!entries_.contains(number))
    throw Error(Error::Code::not_found, number + " is not on list '" + options.name + "'");
  if (fixed(number))
    throw Error(Error::Code::refused,
                number + " is on list '" + options.name + "' for good: take it out of the configuration");
  services->append(events::caller_unlisted, options.name,
                   {{"number", number}, {"reason", reason}, {"by", by}});
  entries_.erase(number);
}

void CallerList::Impl::expire() {
  const WallTime now = services->loop.wall_time();
  if (!first_end_ || now < *first_end_) return;
  first_end_.reset();
  for (auto each = entries_.begin(); each != entries_.end();) {
    const std::optional<WallTime> until = each->second.until;
    if (until && *until <= now) {
      services->append(events::caller_unlisted, options.name,
                       {{"number", each->first}, {"reason", "expired"}, {"by", ""}});
      each = entries_.erase(each);
      continue;
    }
    if (until) first_end_ = std::min(first_end_.value_or(*until), *until);
    ++each;
  }
}

const std::map<std::string, CallerEntry>& CallerList::Impl::entries() {
  if (services->open) expire();
  return entries_;
}

const CallerEntry* CallerList::Impl::find(const std::string& number) {
  const std::map<std::string, CallerEntry>& all = entries();
  if (const auto exact = all.find(number); exact != all.end()) return &exact->second;
  for (std::size_t length = number.size(); length > 0 && number != withheld; --length)
    if (const auto begin = all.find(number.substr(0, length) + "*"); begin != all.end())
      return &begin->second;
  return nullptr;
}

std::optional<ListedCaller> listed_caller(Services& services, const Contact::Impl& contact) {
  if (contact.outgoing || !contact.phone.empty()) return std::nullopt;
  const std::string number = number_of(contact.from);
  std::optional<ListedCaller> blocked;
  for (const auto& [name, list] : services.caller_lists) {
    const CallerEntry* const entry = list->find(number);
    if (!entry) continue;
    if (list->options.kind == CallerListOptions::Kind::favored) return ListedCaller{list, *entry};
    if (!blocked) blocked = ListedCaller{list, *entry};
  }
  return blocked;
}

void note_listed(Contact::Impl& contact, const ListedCaller& listed) {
  const CallerListOptions& list = listed.list->options;
  const bool favored = list.kind == CallerListOptions::Kind::favored;
  contact.append(events::contact_listed, {{"list", list.name},
                                          {"kind", favored ? "favored" : "blocked"},
                                          {"number", listed.entry.number},
                                          {"reason", listed.entry.reason}});
  contact.context().set("caller_list", list.name);
  if (favored) {
    contact.priority += list.priority;
    return;
  }
  contact.turned_away = true;
  Contact(contact.shared_from_this()).set_reason(Reason("on list " + list.name + ": " + listed.entry.reason));
}

std::shared_ptr<const Dialogue> turning_away(const CallerListOptions& list) {
  if (list.prompt.empty())
    return std::make_shared<const Dialogue>(
        [cause = list.cause](Call call) { return refuse_call(std::move(call), cause); });
  return std::make_shared<const Dialogue>(
      [prompt = list.prompt](Call call) { return tell_off(std::move(call), Prompt(prompt)); });
}

const std::string& CallerList::name() const { return impl_->options.name; }
CallerListOptions::Kind CallerList::kind() const { return impl_->options.kind; }
void CallerList::add(CallerEntry entry) { impl_->add(std::move(entry)); }
void CallerList::remove(const std::string& number, const std::string& by, const std::string& reason) {
  impl_->remove(number, by, reason);
}
std::vector<CallerEntry> CallerList::entries() const {
  std::vector<CallerEntry> all;
  for (const auto& [number, entry] : impl_->entries()) all.push_back(entry);
  return all;
}
std::optional<CallerEntry> CallerList::find(const Address& caller) const {
  const CallerEntry* const found = impl_->find(number_of(caller));
  return found ? std::optional(*found) : std::nullopt;
}

}  // namespace vcsr

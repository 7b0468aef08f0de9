// SPDX-License-Identifier: Apache-2.0
#include "tools/caller_lists.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include "app/config.hpp"
#include "tools/caller_list_fold.hpp"
#include "tools/desk_client.hpp"
#include "tools/journal_place.hpp"
#include "tools/run_to_end.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/store/postgres/postgres.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace {

constexpr std::size_t entries_at_once = 10'000;
using What = CallerListRequest::What;

/// In whose name it is done; throws Error(refused) for somebody who may not.
std::string actor(const CallerListRequest& request, const Config& config) {
  if (config.users.empty()) {
    if (request.what != What::show && request.by.empty())
      throw Error(Error::Code::invalid, "--by: say who does it, for the journal");
    return request.by;
  }
  const std::optional<User> user = user_with_token(config.users, request.token);
  if (!user)
    throw Error(Error::Code::refused, request.config + ": has users; give the token of one in VCSR_TOKEN");
  const bool changes = user->role == UserRole::supervisor || user->role == UserRole::administrator;
  if (changes || (request.what == What::show && user->role != UserRole::agent)) return user->name;
  throw Error(Error::Code::refused, user->name + " (" + to_string(user->role) + ") may not " +
                                        (request.what == What::show ? "see" : "change") +
                                        " lists of callers");
}

std::optional<WallTime> end_of(const CallerListRequest& request, WallTime now) {
  if (request.lasts) return now + *request.lasts;
  if (!request.until.empty()) return parse_wall_time(request.until);
  return {};
}

Task<> read(Journal& journal, CallerListFold& fold) {
  for (std::uint64_t next = 1;;) {
    Task<std::vector<JournalEntry>> reading = journal.read(next, entries_at_once);
    const std::vector<JournalEntry> entries = co_await std::move(reading);
    if (entries.empty()) co_return;
    for (const JournalEntry& entry : entries) fold.apply(entry);
    next = entries.back().number + 1;
  }
}

void print(const CallerListRequest& request, const std::string& list, const CallerEntry& entry) {
  const std::string until = entry.until ? to_string(*entry.until) : "";
  if (request.json) {
    const Value line = Value::Map{
        {"list", list},           {"number", entry.number},
        {"reason", entry.reason}, {"until", until},
        {"by", entry.by},         {"since", entry.since ? Value(to_string(*entry.since)) : Value()}};
    std::printf("%s\n", to_json(line).c_str());
    return;
  }
  std::printf("%s  %s%s%s%s\n", list.c_str(), entry.number.c_str(),
              until.empty() ? "" : ("  until " + until).c_str(),
              entry.by.empty() ? "" : ("  by " + entry.by).c_str(),
              entry.reason.empty() ? "" : ("  " + entry.reason).c_str());
}

Task<int> show(AsioLoop& loop, Journal& journal, const Config& config, const CallerListRequest& request) {
  CallerListFold fold(config.caller_lists);
  Task<> reading = read(journal, fold);
  co_await std::move(reading);
  const WallTime now = loop.wall_time();
  for (const std::string& list : fold.names())
    if (request.list.empty() || request.list == list)
      for (const CallerEntry& entry : fold.entries(list, now)) print(request, list, entry);
  if (!request.list.empty()) fold.entries(request.list, now);
  co_return succeeded;
}

Task<int> change(AsioLoop& loop, Journal& journal, const Config& config, const CallerListRequest& request,
                 std::string by) {
  CallerListFold fold(config.caller_lists);
  Task<> reading = read(journal, fold);
  co_await std::move(reading);
  const WallTime now = loop.wall_time();
  if (request.what == What::add) {
    CallerEntry entry{.number = request.number, .reason = request.reason, .until = end_of(request, now)};
    entry.by = by;
    journal.append(events::caller_listed, request.list, fold.add(request.list, entry, now));
  } else {
    journal.append(events::caller_unlisted, request.list,
                   fold.remove(request.list, request.number, by, request.reason, now));
  }
  Task<> writing = journal.durable();
  co_await std::move(writing);
  co_return succeeded;
}

/// The center runs: it does it.
int order(const Config& config, const CallerListRequest& request, WallTime now) {
  if (!config.web || request.token.empty())
    throw Error(Error::Code::refused,
                "the center runs: it needs [web] and a supervisor's token in VCSR_TOKEN");
  Value::Map order{{"do", request.what == What::add ? "add" : "remove"},
                   {"number", request.number},
                   {"reason", request.reason}};
  if (const std::optional<WallTime> until = end_of(request, now)) order["until"] = to_string(*until);
  order_center(*config.web, Secret(request.token), "/api/caller-lists/" + request.list, to_json(order));
  return succeeded;
}

}  // namespace

int run_caller_lists(const CallerListRequest& request) {
  const Config config = load_config(request.config);
  const std::string path = config.data + "/journal.db";
  if (config.postgres.empty() && !std::filesystem::exists(path))
    throw Error(Error::Code::not_found, "there is no journal " + path + ": this center has not run yet");
  AsioLoop loop;
  const std::string by = actor(request, config);
  if (request.what == What::show) {
    const std::unique_ptr<Journal> journal =
        JournalPlace(config.postgres.empty() ? path : config.postgres).read(loop);
    return run_to_end(loop, show(loop, *journal, config, request));
  }
  std::unique_ptr<Journal> journal;
  try {
    journal = config.postgres.empty() ? open_sqlite_journal(loop, path)
                                      : open_postgres_journal(loop, config.postgres);
  } catch (const Error& error) {
    if (error.code() != Error::Code::refused) throw;
    return order(config, request, loop.wall_time());
  }
  return run_to_end(loop, change(loop, *journal, config, request, by));
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "app/out_of_hours.hpp"

#include <utility>

#include "vcsr/base/loop.hpp"
#include "vcsr/media/spoken.hpp"

namespace vcsr {

namespace {

using std::chrono::sys_days;

/// "today", "tomorrow", or the date.
std::string day_in_words(sys_days day, sys_days today, bool chinese) {
  const long long ahead = (day - today).count();
  if (ahead == 0) return chinese ? "今天" : "today";
  if (ahead == 1) return chinese ? "明天" : "tomorrow";
  return chinese ? spoken_date(day, "zh") : "on " + spoken_date(day, "en");
}

Task<> serve_closed(Call call, Closed closed, std::string opening_in_words) {
  call.contact().set_reason(Reason("called out of hours"));
  const bool says = !closed.prompt.empty() || !opening_in_words.empty();
  if (says) co_await call.answer();
  if (!closed.prompt.empty()) co_await call.say(closed.prompt);
  const Prompt opening = Prompt::words(opening_in_words);
  if (!opening_in_words.empty()) co_await call.say(opening);
  if (!closed.mailbox) co_return;
  Mailbox mailbox = *closed.mailbox;
  Task<std::optional<VoicemailMessage>> taking = mailbox.take(std::move(call), Reason("called out of hours"));
  co_await std::move(taking);
}

}  // namespace

std::string next_opening_in_words(const OpeningHours& hours, WallTime now, const std::string& language) {
  const std::optional<WallTime> opening = hours.next_opening(now);
  if (!opening) return {};
  const bool chinese = language.starts_with("zh");
  const OpeningHours::Local there = hours.local(*opening);
  const std::string day = day_in_words(there.date, hours.local(now).date, chinese);
  if (chinese) return "我们将于" + day + spoken_time(there.since_midnight, "zh") + "恢复服务。";
  return "We open again " + day + " at " + spoken_time(there.since_midnight, "en");
}

Dialogue out_of_hours(Loop& loop, OpeningHours hours, Closed closed, Dialogue dialogue) {
  return [&loop, hours = std::move(hours), closed = std::move(closed),
          dialogue = std::move(dialogue)](Call call) {
    const WallTime now = loop.wall_time();
    if (hours.open_at(now)) return dialogue(std::move(call));
    std::string opening =
        closed.tells_opening ? next_opening_in_words(hours, now, call.contact().language()) : std::string();
    return serve_closed(std::move(call), closed, std::move(opening));
  };
}

}  // namespace vcsr

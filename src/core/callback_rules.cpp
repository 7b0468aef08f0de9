// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "core/callback.hpp"
#include "core/overflow.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/outgoing_call.hpp"

namespace vcsr {

void require_callback(const QueueOptions& options) {
  const auto refuse = [&options](const std::string& why) {
    throw Error(Error::Code::invalid, "queue '" + options.name + "': " + why);
  };
  const bool leads = std::any_of(options.overflows.begin(), options.overflows.end(),
                                 [](const Overflow& rule) { return rule.to == Overflow::To::callback; });
  if (leads && !options.callback) refuse("an overflow leads to a callback, but there are no callback terms");
  if (!options.callback) return;
  const CallbackTerms& terms = *options.callback;
  if (terms.tries < 1) refuse("callback.tries: expected at least 1, got " + std::to_string(terms.tries));
  if (terms.retry_after <= Duration::zero()) refuse("callback.retry_after: expected a time");
  if (terms.ring_time < OutgoingOptions::least_ring_time)
    refuse("callback.ring_time: expected at least 15 s, which people need to come to the telephone");
  for (const std::string& prefix : terms.numbers)
    if (prefix.empty() || prefix.find_first_not_of("0123456789", prefix[0] == '+' ? 1 : 0) != prefix.npos)
      refuse("callback.numbers: expected what numbers begin with, such as \"+49\", got \"" + prefix + "\"");
}

char callback_key(const QueueOptions& options) {
  const Overflow* const rule = overflow_on(options, Overflow::When::key);
  return rule && rule->to == Overflow::To::callback ? rule->key : 0;
}

std::string refusal_of(const CallbackTerms& terms, const std::string& number) {
  const auto begins = [&number](const std::string& prefix) { return number.starts_with(prefix); };
  const bool granted =
      terms.numbers.empty() || std::any_of(terms.numbers.begin(), terms.numbers.end(), begins);
  if (granted) return {};
  return "the number " + number + " begins with none of what callback.numbers grants";
}

std::optional<WallTime> next_at(const OpeningHours& hours, WallTime now, const std::string& time) {
  const bool digits = time.size() == 4 && std::all_of(time.begin(), time.end(),
                                                      [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!digits) return std::nullopt;
  const std::chrono::minutes wanted(std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(2)));
  if (time.substr(2) > "59" || wanted >= std::chrono::hours(24)) return std::nullopt;
  const auto whole_minute = std::chrono::floor<std::chrono::minutes>(now);
  WallTime moment = whole_minute + (wanted - hours.local(now).since_midnight);
  if (moment < now) moment += std::chrono::hours(24);
  // A clock may be changed until then.
  const std::chrono::minutes off = wanted - hours.local(moment).since_midnight;
  return std::chrono::abs(off) < std::chrono::hours(12) ? moment + off : moment;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string_view>

#include "core/overflow.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr const char* when_names[] = {"full", "nobody", "long_wait", "waited", "key", "closed"};

}  // namespace

const char* to_string(Overflow::When when) noexcept { return when_names[static_cast<int>(when)]; }
const char* to_string(Overflow::To to) noexcept {
  constexpr const char* names[] = {"queue", "mailbox", "prompt", "closed", "callback"};
  return names[static_cast<int>(to)];
}
const char* to_string(Served::Result result) noexcept {
  constexpr const char* names[] = {"served",    "timed_out", "full",       "nobody",
                                   "long_wait", "key",       "overflowed", "closed"};
  return names[static_cast<int>(result)];
}

void require_overflows(const QueueOptions& options) {
  const auto refuse = [&options](const std::string& why) {
    throw Error(Error::Code::invalid, "queue '" + options.name + "': overflow: " + why);
  };
  std::set<Overflow::When> seen;
  for (const Overflow& rule : options.overflows) {
    const std::string when = to_string(rule.when);
    const bool timed = rule.when == Overflow::When::waited || rule.when == Overflow::When::long_wait;
    if (!seen.insert(rule.when).second) refuse("there is more than one for \"" + when + "\"");
    if (timed != (rule.after > Duration::zero()))
      refuse(timed ? "\"" + when + "\" needs a time: after" : "\"" + when + "\" has no time: after");
    const bool pressed = rule.when == Overflow::When::key;
    if (pressed &&
        (rule.key == 0 || std::string_view("0123456789*#").find(rule.key) == std::string_view::npos))
      refuse("\"key\" needs a key: 0-9, * or #");
    if (!pressed && rule.key != 0) refuse("\"" + when + "\" has no key");
    const bool back = rule.to == Overflow::To::callback;
    if (rule.target.empty() && rule.to != Overflow::To::closed && !back)
      refuse("\"" + when + "\" leads nowhere");
    if (back && !rule.target.empty()) refuse("\"" + when + "\" leads to a callback, which has no target");
    if (rule.to == Overflow::To::queue && rule.target == options.name)
      refuse("leads back to the queue itself");
  }
}

const Overflow* overflow_on(const QueueOptions& options, Overflow::When when) {
  const auto found = std::find_if(options.overflows.begin(), options.overflows.end(),
                                  [when](const Overflow& rule) { return rule.when == when; });
  return found == options.overflows.end() ? nullptr : &*found;
}

Served::Result result_of(Overflow::When when) {
  using Result = Served::Result;
  constexpr Result results[] = {Result::full,      Result::nobody, Result::long_wait,
                                Result::timed_out, Result::key,    Result::closed};
  return results[static_cast<int>(when)];
}

}  // namespace vcsr

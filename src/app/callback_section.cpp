// SPDX-License-Identifier: Apache-2.0
#include "app/callback_section.hpp"

#include <algorithm>

#include "vcsr/outgoing_call.hpp"

namespace vcsr {

namespace {

constexpr std::int64_t most_calls = 1'000'000;

bool is_prefix(const std::string& text) {
  const std::size_t begins = text.starts_with('+') ? 1 : 0;
  return text.size() > begins && text.find_first_not_of("0123456789", begins) == text.npos;
}

void read_numbers(TomlSection& section, std::vector<std::string>& numbers) {
  if (!section.read("numbers", numbers)) return;
  if (!std::all_of(numbers.begin(), numbers.end(), is_prefix))
    section.wrong("numbers", "what numbers begin with, such as [\"+86\", \"0\"]");
}

}  // namespace

void CallbackSections::read_key(TomlSection& section, QueueOptions& queue) {
  Overflow rule{.when = Overflow::When::key, .to = Overflow::To::callback};
  std::string key;
  if (!section.read("key", key)) return;
  if (key.size() != 1 || key.find_first_not_of("0123456789*#") != key.npos)
    return section.wrong("key", "one key, 0-9, * or #");
  rule.key = key[0];
  const bool twice = std::any_of(queue.overflows.begin(), queue.overflows.end(),
                                 [](const Overflow& other) { return other.when == Overflow::When::key; });
  if (twice) return section.fault("key", "an overflow of this queue has a key already");
  queue.overflows.push_back(rule);
}

void CallbackSections::read(TomlSection& section, QueueOptions& queue) {
  section.read("resume_within", queue.resume_within);
  if (std::any_of(queue.overflows.begin(), queue.overflows.end(),
                  [](const Overflow& rule) { return rule.to == Overflow::To::callback; }))
    leading_.push_back({queue.name, {}, section.line("name"), section.field("overflow")});
  std::optional<TomlSection> own = section.section("callback");
  if (!own) return;
  CallbackTerms& terms = queue.callback.emplace();
  read_key(*own, queue);
  own->read<CallbackTerms::First>(
      "first", terms.first,
      {{"agent", CallbackTerms::First::agent}, {"customer", CallbackTerms::First::customer}});
  own->read("tries", terms.tries, 1, 100);
  own->read("retry_after", terms.retry_after, std::chrono::seconds(1));
  own->read("ring_time", terms.ring_time, OutgoingOptions::least_ring_time);
  own->read("from", terms.from.uri);
  read_numbers(*own, terms.numbers);
  own->read("confirm", terms.confirm);
  own->read("limit", terms.limit, 1, most_calls);
  own->read("preference", terms.preference, 0, 1000);
  own->read("after_crash", terms.after_crash);
  std::string hours;
  if (own->read("hours", hours))
    named_.push_back({queue.name, hours, own->line("hours"), own->field("hours")});
  own->finish();
}

void CallbackSections::find_hours(const Named& named, Config& config, Faults& faults) const {
  std::string names;
  for (const HoursConfig& hours : config.hours) {
    names += (names.empty() ? "" : ", ") + hours.name;
    if (hours.name != named.hours) continue;
    for (QueueOptions& queue : config.queues)
      if (queue.name == named.queue && queue.callback) queue.callback->hours = hours.hours;
    return;
  }
  faults.add(
      named.line, named.field,
      "there is no [[hours]] named \"" + named.hours + "\"; there are: " + (names.empty() ? "none" : names));
}

void CallbackSections::finish(Config& config, Faults& faults) const {
  for (const Named& named : named_) find_hours(named, config, faults);
  for (const Named& leading : leading_) {
    const auto queue =
        std::find_if(config.queues.begin(), config.queues.end(),
                     [&leading](const QueueOptions& one) { return one.name == leading.queue; });
    if (queue != config.queues.end() && !queue->callback)
      faults.add(leading.line, leading.field, "leads to a callback, but the queue has no [queue.callback]");
  }
}

}  // namespace vcsr

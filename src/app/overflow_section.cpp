// SPDX-License-Identifier: Apache-2.0
#include "app/overflow_section.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace vcsr {

namespace {

/// A fault where something is missing or too much; true when all is well.
bool read_occasion(TomlSection& section, Overflow& rule) {
  using When = Overflow::When;
  std::string key;
  if (!section.has("when")) section.fault("when", "is missing");
  section.read<When>("when", rule.when,
                     {{"full", When::full},
                      {"nobody", When::nobody},
                      {"long_wait", When::long_wait},
                      {"waited", When::waited},
                      {"key", When::key},
                      {"closed", When::closed}});
  const bool timed = rule.when == When::long_wait || rule.when == When::waited;
  const bool after = section.read("after", rule.after, std::chrono::seconds(1));
  const bool pressed = section.read("key", key);
  if (!section.has("when")) return false;
  if (timed && !after) section.fault("when", "expected after beside it, a time such as \"2min\"");
  if (!timed && after) section.fault("after", "is for when = \"long_wait\" or \"waited\"");
  if (pressed != (rule.when == When::key)) {
    section.fault("when", "expected key beside when = \"key\" and nowhere else");
    return false;
  }
  if (pressed && (key.size() != 1 || key.find_first_not_of("0123456789*#") != key.npos))
    section.wrong("key", "one key, 0-9, * or #");
  else if (pressed) rule.key = key[0];
  return timed == after;
}

/// The key under which the target stands; "" when there is none or more than one.
std::string read_target(TomlSection& section, Overflow& rule) {
  using To = Overflow::To;
  std::string field;
  int found = 0;
  for (const auto& [key, to] : {std::pair("queue", To::queue),
                                {"mailbox", To::mailbox},
                                {"prompt", To::prompt},
                                {"closed", To::closed}}) {
    std::string target;
    if (!section.read(key, target)) continue;
    ++found;
    field = key;
    rule.to = to;
    rule.target = target;
  }
  bool back = false;
  if (section.read("callback", back) && back) {
    rule.to = To::callback;
    return found == 0 ? "callback" : std::string();
  }
  return found == 1 && (!rule.target.empty() || rule.to == To::closed) ? field : std::string();
}

template <class Named, class NameOf>
std::string missing(const std::string& name, const char* kind, const std::vector<Named>& all,
                    NameOf name_of) {
  std::string names;
  for (const Named& one : all) {
    if (name_of(one) == name) return {};
    names += (names.empty() ? "" : ", ") + name_of(one);
  }
  return std::string("there is no [[") + kind + "]] named \"" + name +
         "\"; there are: " + (names.empty() ? "none" : names);
}

}  // namespace

void OverflowSections::read(TomlSection& section, QueueOptions& queue) {
  if (std::string name; section.read("hours", name))
    hours_.push_back({queue.name, name, section.line("hours"), section.field("hours")});
  for (TomlSection& overflow : section.sections("overflow")) read_way(overflow, queue);
}

void OverflowSections::read_way(TomlSection& section, QueueOptions& queue) {
  Overflow rule;
  const bool sound = read_occasion(section, rule);
  const std::string target = read_target(section, rule);
  section.finish();
  if (target.empty()) {
    section.fault(
        "when",
        "expected one of queue, mailbox, prompt, closed and callback beside it, where contacts go then");
    return;
  }
  const bool twice = std::any_of(queue.overflows.begin(), queue.overflows.end(),
                                 [&rule](const Overflow& other) { return other.when == rule.when; });
  if (twice) section.fault("when", std::string("\"") + to_string(rule.when) + "\" was given already");
  if (!sound || twice) return;
  ways_.push_back({queue.name, rule, section.line(target), section.field(target)});
  queue.overflows.push_back(std::move(rule));
}

std::string OverflowSections::circle(const Way& way, std::size_t read_before) const {
  std::vector<std::pair<std::string, std::string>> open{
      {way.rule.target, way.from + " → " + way.rule.target}};
  std::set<std::string> seen;
  while (!open.empty()) {
    const auto [queue, path] = std::move(open.back());
    open.pop_back();
    if (queue == way.from) return path;
    if (!seen.insert(queue).second) continue;
    for (std::size_t i = 0; i < read_before; ++i)
      if (ways_[i].rule.to == Overflow::To::queue && ways_[i].from == queue)
        open.emplace_back(ways_[i].rule.target, path + " → " + ways_[i].rule.target);
  }
  return {};
}

void OverflowSections::open_by_hours(Config& config, Faults& faults) const {
  for (const Hours& asked : hours_) {
    const std::string why =
        missing(asked.name, "hours", config.hours, [](const auto& one) { return one.name; });
    if (!why.empty()) {
      faults.add(asked.line, asked.field, why);
      continue;
    }
    const auto found = std::find_if(config.hours.begin(), config.hours.end(),
                                    [&asked](const HoursConfig& one) { return one.name == asked.name; });
    for (QueueOptions& queue : config.queues)
      if (queue.name == asked.queue)
        queue.open = [hours = found->hours](WallTime time) { return hours.open_at(time); };
  }
  for (const Way& way : ways_)
    if (way.rule.when == Overflow::When::closed &&
        std::none_of(hours_.begin(), hours_.end(),
                     [&way](const Hours& one) { return one.queue == way.from; }))
      faults.add(way.line, way.field,
                 "queue \"" + way.from + "\" never closes: expected hours in its [[queue]]");
}

void OverflowSections::check(const Config& config, Faults& faults) const {
  for (std::size_t i = 0; i < ways_.size(); ++i) {
    const Way& way = ways_[i];
    std::string why;
    if (way.rule.to == Overflow::To::queue)
      why =
          missing(way.rule.target, "queue", config.queues, [](const QueueOptions& one) { return one.name; });
    if (way.rule.to == Overflow::To::mailbox)
      why = missing(way.rule.target, "mailbox", config.mailboxes,
                    [](const MailboxOptions& one) { return one.name; });
    if (why.empty() && way.rule.to == Overflow::To::queue)
      if (const std::string path = circle(way, i); !path.empty())
        why = "contacts would go in a circle: " + path;
    if (!why.empty()) faults.add(way.line, way.field, why);
  }
}

}  // namespace vcsr

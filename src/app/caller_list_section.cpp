// SPDX-License-Identifier: Apache-2.0
#include "app/caller_list_section.hpp"

#include <utility>

namespace vcsr {

namespace {

CallerEntry read_entry(TomlSection& section) {
  CallerEntry entry;
  std::string until;
  section.require("number", entry.number);
  try {
    if (!entry.number.empty()) require_caller_number(entry.number);
  } catch (const Error& error) {
    section.fault("number", error.what());
  }
  section.read("reason", entry.reason);
  if (section.read("until", until)) {
    try {
      entry.until = parse_wall_time(until);
    } catch (const Error& error) {
      section.fault("until", error.what());
    }
  }
  section.finish();
  return entry;
}

}  // namespace

CallerListOptions read_caller_list(TomlSection& section) {
  using Kind = CallerListOptions::Kind;
  CallerListOptions list;
  section.require("name", list.name);
  section.read<Kind>("kind", list.kind, {{"blocked", Kind::blocked}, {"favored", Kind::favored}});
  section.read<Cause>("cause", list.cause,
                      {{"rejected", Cause::rejected},
                       {"busy", Cause::busy},
                       {"not_found", Cause::not_found},
                       {"unreachable", Cause::unreachable},
                       {"congestion", Cause::congestion}});
  section.read("prompt", list.prompt);
  section.read("priority", list.priority, 1, 1000);
  const bool blocks = list.kind == Kind::blocked;
  for (const char* key : {"cause", "prompt"})
    if (!blocks && section.has(key)) section.fault(key, "is for lists of kind \"blocked\"");
  if (blocks && section.has("priority")) section.fault("priority", "is for lists of kind \"favored\"");
  for (TomlSection& entry : section.sections("entry")) list.entries.push_back(read_entry(entry));
  section.finish();
  return list;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "app/number_section.hpp"

#include <algorithm>

namespace vcsr {

namespace {

/// A fault where `name` is none of `all`.
template <class Named, class NameOf>
void require_one_of(TomlSection& section, const char* key, const std::string& name, const std::string& kind,
                    const std::vector<Named>& all, NameOf name_of) {
  std::string names;
  for (const Named& one : all) {
    if (name_of(one) == name) return;
    names += (names.empty() ? "" : ", ") + name_of(one);
  }
  section.fault(key, "there is no [[" + kind + "]] named \"" + name +
                         "\"; there are: " + (names.empty() ? "none" : names));
}

void read_hours_of(TomlSection& section, NumberConfig& number, const Config& config) {
  const bool timed = section.read("hours", number.hours);
  const bool prompts = section.read("closed_prompt", number.closed_prompt);
  const bool says = section.read("closed_tells_opening", number.tells_opening) || prompts;
  const bool takes = section.read("closed_mailbox", number.closed_mailbox);
  if (timed && !takes && !says)
    section.fault("hours", "expected closed_prompt or closed_mailbox beside it, for callers outside of them");
  if ((takes || says) && !timed)
    section.fault(takes     ? "closed_mailbox"
                  : prompts ? "closed_prompt"
                            : "closed_tells_opening",
                  "expected hours beside it: the name of a [[hours]] section");
  if (timed)
    require_one_of(section, "hours", number.hours, "hours", config.hours,
                   [](const HoursConfig& one) { return one.name; });
  if (takes)
    require_one_of(section, "closed_mailbox", number.closed_mailbox, "mailbox", config.mailboxes,
                   [](const MailboxOptions& one) { return one.name; });
}

}  // namespace

NumberConfig read_number(TomlSection& section, const std::string& folder, const Config& config) {
  NumberConfig number;
  section.require("dial", number.dial);
  section.require("flow", number.flow);
  read_hours_of(section, number, config);
  number.place = {section.faults().document(), section.line("flow"), section.field("flow")};
  number.settings = section.rest();
  number.settings.insert_or_assign("folder", folder);
  return number;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "store/journal/event_upcasts.hpp"

#include <array>

#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// One step: from this version of a type to the next.
struct Upcast {
  std::string_view type;
  int from;
  void (*apply)(Facts& data);
};

void add_held(Facts& data) { data.try_emplace("held", 0.0); }
void add_reason(Facts& data) { data.try_emplace("reason", ""); }
void add_direction(Facts& data) { data.try_emplace("direction", "in"); }

/// By type, then by version. What a type's entries are today is what its last step makes.
constexpr std::array upcasts{
    Upcast{events::contact_arrived, 1, add_direction},
    Upcast{events::contact_closed, 1, add_held},
    Upcast{events::contact_disconnected, 1, add_held},
    Upcast{events::recording_paused, 1, add_reason},
};

}  // namespace

int event_version(std::string_view type) {
  int version = 1;
  for (const Upcast& step : upcasts)
    if (step.type == type) version = step.from + 1;
  return version;
}

void upcast(JournalEntry& entry, int version) {
  for (const Upcast& step : upcasts)
    if (step.type == entry.type && step.from >= version) step.apply(entry.data);
}

}  // namespace vcsr

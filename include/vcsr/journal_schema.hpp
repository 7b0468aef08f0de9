// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// What a field of an entry's data holds.
enum class FieldKind {
  text,     ///< free text
  id,       ///< of a contact, agent, queue, recording …; "" for none
  word,     ///< one of EventField::words
  time,     ///< RFC 3339 in UTC with milliseconds; "" for none
  count,    ///< a whole number
  number,   ///< with fractions
  seconds,  ///< with fractions
  flag,     ///< true or false
  map,      ///< names and values
  list,     ///< values
  any,      ///< what somebody else gave
};

/// "text", "id", …
VCSR_EXPORT const char* to_string(FieldKind kind);

/// A field of the data of a type of entries.
struct EventField {
  std::string name;
  FieldKind kind = FieldKind::text;
  std::vector<std::string> words = {};  ///< of FieldKind::word; "" among them where it may be empty
  bool always = true;                   ///< false: missing where it means nothing
  std::string meaning = {};             ///< "" where its name says it
};

/// What entries of a type hold, in its present version.
struct EventSchema {
  std::string type;     ///< one of vcsr::events
  int version = 1;      ///< entries of earlier ones are read as if they were of this one
  std::string subject;  ///< what the entry's subject is
  std::string meaning;  ///< what has happened
  std::vector<EventField> fields;
};

/// Every type that the library writes, in the order of vcsr/journal_events.hpp. These three may be asked on
/// any thread.
VCSR_EXPORT const std::vector<EventSchema>& event_schemas();

/// Null for a type of somebody else's, such as a flow's own.
VCSR_EXPORT const EventSchema* event_schema(std::string_view type);

/// Where an entry is not as its schema says, one line each: "contact.queued: position: expected count, got
/// text". None for types of somebody else's.
VCSR_EXPORT std::vector<std::string> schema_faults(const JournalEntry& entry);

}  // namespace vcsr

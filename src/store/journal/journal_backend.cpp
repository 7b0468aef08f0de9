// SPDX-License-Identifier: Apache-2.0
#include "store/journal/journal_backend.hpp"

#include "store/journal/event_upcasts.hpp"

namespace vcsr {

JournalWriter::~JournalWriter() = default;
JournalReader::~JournalReader() = default;

JournalEntry entry_of(StoredEntry stored) {
  const Value data = from_json(stored.data);
  const Facts* const facts = data.get_if<Facts>();
  JournalEntry entry{.number = stored.number,
                     .at = stored.at,
                     .type = std::move(stored.type),
                     .subject = std::move(stored.subject),
                     .data = facts ? *facts : Facts()};
  upcast(entry, stored.version);
  return entry;
}

}  // namespace vcsr

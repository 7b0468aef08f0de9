// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "vcsr/journal.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// The records of contacts as the journal tells them, entry by entry from the first.
class RecordFold {
 public:
  /// The contact's record as far as it goes; null where the entry is about none that is open. With
  /// contact.closed it is whole, and the next entry's call forgets it.
  ContactRecord* apply(const JournalEntry& entry);

  /// Those that are not closed, by id.
  std::map<std::string, ContactRecord> take();

 private:
  ContactRecord& arrive(const JournalEntry& entry);

  std::map<std::string, ContactRecord> open_;
  std::string closed_;  ///< by the latest entry
};

/// What an agent said came of a contact, which may be after its end.
void note_disposition(ContactRecord& record, const Facts& said);

}  // namespace vcsr

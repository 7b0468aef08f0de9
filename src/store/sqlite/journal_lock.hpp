// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite/database.hpp"

namespace vcsr::sqlite {

/// The right to write a journal: one holder at a time, in whatever process. Ends with the
/// process even when it is killed.
class JournalLock {
 public:
  /// Throws Error(refused) naming the process that has it.
  explicit JournalLock(const Store& store);
  ~JournalLock();
  JournalLock(const JournalLock&) = delete;
  JournalLock& operator=(const JournalLock&) = delete;

 private:
  int file_;
};

}  // namespace vcsr::sqlite

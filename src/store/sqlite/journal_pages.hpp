// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "store/sqlite/journal_table.hpp"
#include "vcsr/base/worker.hpp"

namespace vcsr::sqlite {

/// Reads a journal away from the loop, through a connection of its own that is opened when first needed
/// and again after a failure. All throw Error(unavailable).
class JournalPages {
 public:
  JournalPages(Loop& loop, Store store, Worker::Mode mode);

  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit);
  Task<std::uint64_t> last();

 private:
  template <class Result, class Query>
  Task<Result> ask(Query query);

  const Store store_;
  std::optional<JournalTable> table_;  // the worker's
  Worker worker_;
};

}  // namespace vcsr::sqlite

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "store/journal/journal_backend.hpp"
#include "vcsr/base/worker.hpp"

namespace vcsr {

/// Reads a journal away from the loop. All throw Error(unavailable).
class JournalPages {
 public:
  JournalPages(Loop& loop, std::unique_ptr<JournalReader> reader, Worker::Mode mode);

  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit);
  Task<std::uint64_t> last();

 private:
  const std::unique_ptr<JournalReader> reader_;  // the worker's
  Worker worker_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "vcsr/journal_schema.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr::testing {

/// A journal in memory that fails the test whose entry is not as its schema says.
class CheckedJournal final : public Journal {
 public:
  explicit CheckedJournal(Loop& loop) : kept_(make_memory_journal(loop)) {}

  std::uint64_t append(std::string type, std::string subject, Facts data) override {
    const JournalEntry entry{.type = type, .subject = subject, .data = data};
    for (const std::string& fault : schema_faults(entry)) FAIL_CHECK(fault);
    return kept_->append(std::move(type), std::move(subject), std::move(data));
  }
  Task<> durable() override { return kept_->durable(); }
  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit) override {
    return kept_->read(first, limit);
  }
  Subscription follow(std::uint64_t first, Follower follower) override {
    return kept_->follow(first, std::move(follower));
  }
  std::uint64_t last() const override { return kept_->last(); }
  std::string trouble() const override { return kept_->trouble(); }

  Journal& unchecked() { return *kept_; }

 private:
  const std::unique_ptr<Journal> kept_;
};

inline std::unique_ptr<Journal> make_checked_journal(Loop& loop) {
  return std::make_unique<CheckedJournal>(loop);
}

/// For what an earlier run wrote, as short as a test needs it.
inline Journal& earlier(Journal& journal) { return dynamic_cast<CheckedJournal&>(journal).unchecked(); }

}  // namespace vcsr::testing

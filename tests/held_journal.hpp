// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "checked_journal.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr::testing {

/// A journal whose disk does what the test says.
class HeldJournal final : public Journal {
 public:
  explicit HeldJournal(Loop& loop) : HeldJournal(loop, make_checked_journal(loop)) {}
  /// For tests that write entries themselves, as short as they need them.
  HeldJournal(Loop& loop, std::unique_ptr<Journal> kept) : loop_(loop), kept_(std::move(kept)) {}

  void hold() { held_ = true; }
  void release() {
    held_ = false;
    for (Event<std::monostate>* waiter : waiting_) waiter->set({});
  }
  std::size_t waiting() const { return waiting_.size(); }

  std::uint64_t append(std::string type, std::string subject, Facts data) override {
    return kept_->append(std::move(type), std::move(subject), std::move(data));
  }
  Task<> durable() override {
    if (held_) co_await written();
  }
  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit) override {
    return kept_->read(first, limit);
  }
  Subscription follow(std::uint64_t first, Follower follower) override {
    return kept_->follow(first, std::move(follower));
  }
  std::uint64_t last() const override { return kept_->last(); }
  std::string trouble() const override { return trouble_text; }

  std::string trouble_text;

 private:
  Task<> written() {
    struct Registered : Event<std::monostate> {
      Registered(Loop& loop, std::set<Event<std::monostate>*>& all) : Event(loop), all(all) {
        all.insert(this);
      }
      ~Registered() { all.erase(this); }
      std::set<Event<std::monostate>*>& all;
    };
    Registered waiter(loop_, waiting_);
    co_await waiter;
  }

  Loop& loop_;
  std::unique_ptr<Journal> kept_;
  bool held_ = false;
  std::set<Event<std::monostate>*> waiting_;
};

}  // namespace vcsr::testing

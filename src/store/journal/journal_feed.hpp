// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "vcsr/base/log.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// The followers of one journal. Each gets every published entry once and in order: first those
/// of the past, page by page, then the new ones as they are published. A follower is called from
/// the loop only, never inside follow() or publish(), so it may use the journal freely.
class JournalFeed {
 public:
  using ReadPage = std::function<Task<std::vector<JournalEntry>>(std::uint64_t first, std::size_t limit)>;

  /// Entries up to `last` are the past, which `read` gives in pages.
  JournalFeed(Loop& loop, std::uint64_t last, ReadPage read, Log log = {});

  Journal::Subscription follow(std::uint64_t first, Journal::Follower follower);

  /// Entries that have become durable; their numbers continue those published before.
  void publish(std::vector<JournalEntry> entries);
  /// Entries up to `last` can now be read: for a journal that somebody else writes.
  void reached(std::uint64_t last);

  bool followed() const;

 private:
  struct Reader {
    Journal::Follower call;
    std::uint64_t next;
    bool level = false;  // has had all there was, and is served by publish()
    bool stopped = false;
  };
  using Readers = std::vector<std::weak_ptr<Reader>>;

  static void deliver(Reader& reader, const JournalEntry& entry);
  void pump();
  void start(std::weak_ptr<Reader> reader);
  Task<> catch_up(std::weak_ptr<Reader> weak);
  Task<std::vector<JournalEntry>> next_page(std::uint64_t first);

  Loop& loop_;
  std::uint64_t published_;
  ReadPage read_;
  Log log_;
  Readers readers_;
  std::vector<JournalEntry> pending_;
  Scope catching_up_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace vcsr

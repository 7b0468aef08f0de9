// SPDX-License-Identifier: Apache-2.0
#include "store/journal/journal_feed.hpp"

#include <algorithm>
#include <iterator>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::size_t page_size = 500;
constexpr Duration retry_after = std::chrono::seconds(1);

}  // namespace

JournalFeed::JournalFeed(Loop& loop, std::uint64_t last, ReadPage read, Log log)
    : loop_(loop), published_(last), read_(std::move(read)), log_(std::move(log)), catching_up_(loop) {}

Journal::Subscription JournalFeed::follow(std::uint64_t first, Journal::Follower follower) {
  auto reader = std::make_shared<Reader>(
      Reader{.call = std::move(follower), .next = std::max<std::uint64_t>(first, 1)});
  std::erase_if(readers_, [](const std::weak_ptr<Reader>& other) { return other.expired(); });
  readers_.push_back(reader);
  start(reader);
  Reader* const address = reader.get();
  return Journal::Subscription(
      std::shared_ptr<void>(address, [reader = std::move(reader)](void*) { reader->stopped = true; }));
}

void JournalFeed::publish(std::vector<JournalEntry> entries) {
  if (entries.empty()) return;
  if (!followed()) {
    readers_.clear();
    published_ = entries.back().number;
    return;
  }
  const bool first = pending_.empty();
  pending_.insert(pending_.end(), std::move_iterator(entries.begin()), std::move_iterator(entries.end()));
  if (!first) return;
  loop_.post([this, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired()) pump();
  });
}

void JournalFeed::reached(std::uint64_t last) {
  published_ = last;
  const Readers readers = readers_;
  for (const std::weak_ptr<Reader>& weak : readers) {
    const std::shared_ptr<Reader> reader = weak.lock();
    if (reader && std::exchange(reader->level, false)) start(weak);
  }
}

bool JournalFeed::followed() const {
  return std::any_of(readers_.begin(), readers_.end(),
                     [](const std::weak_ptr<Reader>& reader) { return !reader.expired(); });
}

void JournalFeed::deliver(Reader& reader, const JournalEntry& entry) {
  if (reader.stopped || entry.number < reader.next) return;
  reader.next = entry.number + 1;
  reader.call(entry);
}

void JournalFeed::pump() {
  const std::vector<JournalEntry> entries = std::exchange(pending_, {});
  const Readers readers = readers_;
  published_ = std::max(published_, entries.back().number);
  for (const JournalEntry& entry : entries)
    for (const std::weak_ptr<Reader>& weak : readers)
      if (const std::shared_ptr<Reader> reader = weak.lock(); reader && reader->level)
        deliver(*reader, entry);
}

void JournalFeed::start(std::weak_ptr<Reader> reader) {
  loop_.post([this, reader = std::move(reader), alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired()) catching_up_.spawn(catch_up(reader));
  });
}

// Holds the reader only while it calls it: a subscription that ends while a page is being read
// frees its follower at once.
Task<> JournalFeed::catch_up(std::weak_ptr<Reader> weak) {
  for (;;) {
    std::shared_ptr<Reader> reader = weak.lock();
    if (!reader) co_return;
    const std::uint64_t first = reader->next;
    if (first > published_) {
      reader->level = true;
      co_return;
    }
    reader.reset();
    std::vector<JournalEntry> page = co_await next_page(first);
    reader = weak.lock();
    if (!reader) co_return;
    if (page.empty()) reader->next = published_ + 1;
    for (const JournalEntry& entry : page) deliver(*reader, entry);
  }
}

Task<std::vector<JournalEntry>> JournalFeed::next_page(std::uint64_t first) {
  for (;;) {
    try {
      std::vector<JournalEntry> page = co_await read_(first, page_size);
      co_return page;
    } catch (const Error& error) {
      log_.warning("the journal's past cannot be read, trying again", {{"why", error.what()}});
    }
    co_await loop_.sleep(retry_after);
  }
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "store/journal/journal_feed.hpp"

#include <doctest/doctest.h>

#include "store/journal/journal_contract.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

std::vector<JournalEntry> entries(std::uint64_t first, std::uint64_t last) {
  std::vector<JournalEntry> all;
  for (std::uint64_t number = first; number <= last; ++number)
    all.push_back({.number = number, .type = "event"});
  return all;
}

/// A past of five entries; reading one page takes a second, and the first `failures` attempts fail.
struct SlowPast {
  SimLoop& loop;
  int failures = 0;
  std::uint64_t last = 5;

  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t) {
    co_await loop.sleep(1s);
    if (failures-- > 0) throw Error(Error::Code::unavailable, "the disk is away");
    co_return entries(first, last);
  }
};

struct Feed {
  explicit Feed(int failures = 0, Log log = {})
      : past{.loop = loop, .failures = failures},
        feed(
            std::in_place, loop, 5, [this](auto first, auto limit) { return past.read(first, limit); }, log) {
  }

  Journal::Subscription listen(std::uint64_t first) {
    return feed->follow(first, [this](const JournalEntry& entry) { heard.push_back(entry.number); });
  }

  SimLoop loop;
  SlowPast past;
  std::optional<JournalFeed> feed;
  Numbers heard;
};

}  // namespace

TEST_CASE("entries published while a follower reads the past come after it") {
  Feed feed;
  const Journal::Subscription subscription = feed.listen(1);

  feed.loop.run_for(500ms);
  feed.past.last = 8;
  feed.feed->publish(entries(6, 8));
  feed.loop.run_for(100ms);
  CHECK(feed.heard.empty());
  feed.loop.run();

  CHECK(feed.heard == numbers(1, 8));
}

TEST_CASE("a past that cannot be read is tried again each second and logged") {
  SimLoop clock;
  std::vector<std::string> lines;
  const Log log(clock, {.sink = [&lines](std::string_view line) { lines.emplace_back(line); }});
  Feed feed(2, log);

  const Journal::Subscription subscription = feed.listen(1);
  feed.loop.run();

  CHECK(feed.heard == numbers(1, 5));
  CHECK(feed.loop.now().time_since_epoch() == 5s);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] ==
        "00:00:00.000 warning the journal's past cannot be read, trying again why=\"the disk is away\"");
}

TEST_CASE("a subscription that ends while its page is being read frees the follower at once") {
  Feed feed;
  auto captured = std::make_shared<int>();
  std::optional<Journal::Subscription> subscription =
      feed.feed->follow(1, [captured](const JournalEntry&) {});
  feed.loop.run_for(500ms);

  subscription.reset();

  CHECK(captured.use_count() == 1);
  feed.loop.run();
}

TEST_CASE("a follower who comes right after the only other has left misses nothing") {
  Feed feed;
  std::optional<Journal::Subscription> other = feed.feed->follow(6, [](const JournalEntry&) {});
  feed.loop.run();
  feed.past.last = 8;

  feed.feed->publish(entries(6, 7));
  other.reset();
  feed.feed->publish(entries(8, 8));
  const Journal::Subscription subscription = feed.listen(8);
  feed.loop.run();

  CHECK(feed.heard == numbers(8, 8));
}

TEST_CASE("a feed that ends calls nobody any more") {
  Feed feed;
  const Journal::Subscription reading = feed.listen(1);
  const Journal::Subscription waiting = feed.listen(6);
  feed.loop.run_for(500ms);
  feed.feed->publish(entries(6, 7));

  feed.feed.reset();
  feed.loop.run();

  CHECK(feed.heard.empty());
}

TEST_CASE("followers of somebody else's journal read what it has reached") {
  Feed feed;
  const Journal::Subscription subscription = feed.listen(4);
  feed.feed.reset();
  feed.feed.emplace(feed.loop, 2, [&feed](auto first, auto limit) { return feed.past.read(first, limit); });
  const Journal::Subscription second = feed.listen(1);
  feed.loop.run();
  CHECK(feed.feed->followed());

  feed.feed->reached(5);
  feed.loop.run();

  CHECK(feed.heard == numbers(1, 5));
}

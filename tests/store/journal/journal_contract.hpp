// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/journal/until.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

using Numbers = std::vector<std::uint64_t>;

inline Numbers numbers(std::uint64_t first, std::uint64_t last) {
  Numbers all;
  for (std::uint64_t number = first; number <= last; ++number) all.push_back(number);
  return all;
}

inline void append_many(Journal& journal, int count) {
  for (int i = 0; i < count; ++i) journal.append("call.arrived", "call-1", {{"step", i}});
}

/// What every journal promises; `journal` is empty and runs on `loop`.
template <class AnyLoop>
void check_journal_contract(AnyLoop& loop, Journal& journal) {
  Numbers heard;
  const auto hear = [&heard](const JournalEntry& entry) { heard.push_back(entry.number); };

  SUBCASE("entries are numbered from 1 in the order they came") {
    CHECK(journal.last() == 0);

    CHECK(journal.append("call.arrived", "call-1", {}) == 1);
    CHECK(journal.append("call.ended", "call-1", {}) == 2);

    CHECK(journal.last() == 2);
    CHECK(journal.trouble() == "");
  }

  SUBCASE("a durable entry is read as it was appended") {
    const Facts data{{"text", "李雷 \"quoted\"\n"},
                     {"whole", INT64_MIN},
                     {"part", 0.1},
                     {"yes", true},
                     {"none", Value()},
                     {"list", Value::List{1, "two"}},
                     {"map", Facts{{"deep", 3}}}};
    const WallTime before = loop.wall_time();

    journal.append("contact.queued", "contact-1", data);
    outcome(loop, journal.durable());
    const std::vector<JournalEntry> entries = outcome(loop, journal.read(1, 10));

    REQUIRE(entries.size() == 1);
    CHECK(entries[0].number == 1);
    CHECK(entries[0].type == "contact.queued");
    CHECK(entries[0].subject == "contact-1");
    CHECK(entries[0].data == data);
    CHECK(entries[0].at >= before);
    CHECK(entries[0].at <= loop.wall_time());
  }

  SUBCASE("reading begins at the number asked for and keeps the limit") {
    append_many(journal, 10);
    outcome(loop, journal.durable());

    const std::vector<JournalEntry> middle = outcome(loop, journal.read(4, 3));
    const std::vector<JournalEntry> end = outcome(loop, journal.read(9, SIZE_MAX));
    const std::vector<JournalEntry> beyond = outcome(loop, journal.read(11, 10));

    CHECK(middle.size() == 3);
    CHECK(middle.front().number == 4);
    CHECK(end.size() == 2);
    CHECK(beyond.empty());
  }

  SUBCASE("a follower gets the past in pages and then what comes, each entry once and in order") {
    append_many(journal, 1200);
    outcome(loop, journal.durable());

    const Journal::Subscription subscription = journal.follow(1, hear);
    run_until(loop, [&] { return !heard.empty(); });
    append_many(journal, 300);
    run_until(loop, [&] { return heard.size() >= 1500; });
    append_many(journal, 5);
    run_until(loop, [&] { return heard.size() >= 1505; });

    CHECK(heard == numbers(1, 1505));
  }

  SUBCASE("a follower may ask for entries that have yet to come") {
    append_many(journal, 3);

    const Journal::Subscription subscription = journal.follow(5, hear);
    append_many(journal, 4);
    run_until(loop, [&] { return heard.size() >= 3; });

    CHECK(heard == numbers(5, 7));
  }

  SUBCASE("a follower is never called inside follow() or append()") {
    append_many(journal, 3);
    outcome(loop, journal.durable());

    const Journal::Subscription subscription = journal.follow(1, hear);
    append_many(journal, 3);

    CHECK(heard.empty());
    run_until(loop, [&] { return heard.size() == 6; });
  }

  SUBCASE("a follower may append, and hears that too") {
    const Journal::Subscription subscription = journal.follow(1, [&](const JournalEntry& entry) {
      heard.push_back(entry.number);
      if (entry.number < 50) journal.append("echo", entry.subject, {});
    });

    journal.append("call.arrived", "call-1", {});
    run_until(loop, [&] { return heard.size() >= 50; });

    CHECK(heard == numbers(1, 50));
  }

  SUBCASE("followers who end their own subscription hear nothing more, while others go on") {
    append_many(journal, 10);
    outcome(loop, journal.durable());
    Numbers heard_past;
    Numbers heard_live;
    std::optional<Journal::Subscription> past;
    std::optional<Journal::Subscription> live;

    past = journal.follow(1, [&](const JournalEntry& entry) {
      heard_past.push_back(entry.number);
      if (entry.number == 3) past.reset();
    });
    live = journal.follow(11, [&](const JournalEntry& entry) {
      heard_live.push_back(entry.number);
      if (entry.number == 12) live.reset();
    });
    const Journal::Subscription other = journal.follow(1, hear);
    append_many(journal, 10);
    run_until(loop, [&] { return heard.size() >= 20 && !live; });

    CHECK(heard_past == numbers(1, 3));
    CHECK(heard_live == numbers(11, 12));
    CHECK(heard == numbers(1, 20));
  }

  SUBCASE("a subscription that has ended frees its follower at once") {
    auto captured = std::make_shared<int>();
    std::optional<Journal::Subscription> subscription;
    subscription = journal.follow(1, [captured](const JournalEntry&) {});

    subscription.reset();

    CHECK(captured.use_count() == 1);
  }

  SUBCASE("a subscription may outlive its journal's last entry and waits without work") {
    const Journal::Subscription subscription = journal.follow(1, hear);

    outcome(loop, journal.durable());

    CHECK(heard.empty());
  }
}

}  // namespace vcsr

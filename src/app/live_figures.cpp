// SPDX-License-Identifier: Apache-2.0
#include "app/live_figures.hpp"

#include <utility>
#include <vector>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr Duration day = std::chrono::hours(24);

WallTime midnight_before(WallTime moment) { return moment - moment.time_since_epoch() % day; }

/// The first entry that is not older; the one after the last when all are.
Task<std::uint64_t> entry_since(Journal& journal, WallTime moment) {
  std::uint64_t first = 1, end = journal.last() + 1;
  while (first < end) {
    const std::uint64_t middle = first + (end - first) / 2;
    Task<std::vector<JournalEntry>> reading = journal.read(middle, 1);
    const std::vector<JournalEntry> found = co_await std::move(reading);
    if (!found.empty() && found.front().at < moment) first = middle + 1;
    else end = middle;
  }
  co_return first;
}

}  // namespace

LiveFigures::LiveFigures(Loop& loop, Journal& journal, FiguresConfig config)
    : loop_(loop), journal_(journal), config_(std::move(config)), work_(loop) {
  work_.spawn(renew());
}

LiveFigures::~LiveFigures() {
  if (night_) loop_.cancel(*night_);
}

WallTime LiveFigures::first() const { return midnight_before(loop_.wall_time()) - (config_.days - 1) * day; }

Task<> LiveFigures::renew() {
  const WallTime midnight = midnight_before(loop_.wall_time()) + day;
  night_ = loop_.at(loop_.now() + (midnight - loop_.wall_time()), [this] {
    night_.reset();
    work_.spawn(renew());
  });
  std::uint64_t entry = 1;
  try {
    // A day more: who is logged in and waits when the first day begins.
    Task<std::uint64_t> finding = entry_since(journal_, first() - day);
    entry = co_await std::move(finding);
  } catch (const Error&) {
    // A journal that cannot be read now is followed from its beginning, once it can.
  }
  begin(entry);
}

void LiveFigures::begin(std::uint64_t entry) {
  next_ = std::make_unique<Fold>(
      Fold{.figures = KeyFigures(config_.options), .number = entry - 1, .from = journal_.last()});
  Fold& fold = *next_;
  if (!shown_ || fold.number >= fold.from) shown_ = std::move(next_);
  fold.following = journal_.follow(entry, [this, &fold](const JournalEntry& each) { apply(fold, each); });
}

void LiveFigures::apply(Fold& fold, const JournalEntry& entry) {
  fold.figures.apply(entry);
  fold.number = entry.number;
  if (&fold == next_.get() && fold.number >= fold.from) shown_ = std::move(next_);
}

KeyFigures LiveFigures::now() const {
  KeyFigures figures = shown_ ? shown_->figures : KeyFigures(config_.options);
  figures.advance(loop_.wall_time());
  return figures;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "app/figures_section.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/figures.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// The key figures of the last days, live: a fold over the journal, from before this program began. Days are
/// those of UTC. Each night it is made anew from the journal, so that it does not grow for ever.
class LiveFigures {
 public:
  LiveFigures(Loop& loop, Journal& journal, FiguresConfig config);
  ~LiveFigures();
  LiveFigures(const LiveFigures&) = delete;

  /// Until this moment.
  KeyFigures now() const;
  /// Of now(), nothing before it is told: it may lack what happened earlier still.
  WallTime first() const;
  /// Whether the journal's past has been read.
  bool complete() const { return shown_ && shown_->number >= shown_->from; }
  const FiguresConfig& config() const { return config_; }

 private:
  struct Fold {
    KeyFigures figures;
    std::uint64_t number = 0;  ///< of the entry applied last
    std::uint64_t from = 0;    ///< the newest entry when it began
    Journal::Subscription following = {};
  };

  Task<> renew();
  void begin(std::uint64_t entry);
  void apply(Fold& fold, const JournalEntry& entry);

  Loop& loop_;
  Journal& journal_;
  const FiguresConfig config_;
  std::unique_ptr<Fold> shown_, next_;
  std::optional<Loop::TimerId> night_;
  Scope work_;
};

}  // namespace vcsr

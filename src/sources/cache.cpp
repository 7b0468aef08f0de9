// SPDX-License-Identifier: Apache-2.0
#include <list>
#include <map>
#include <string>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr {

namespace {

using Outcome = SourceAnswer::Outcome;

class Cache final : public DataSource {
 public:
  Cache(Loop& loop, std::unique_ptr<DataSource> source, CacheOptions options)
      : loop_(loop), source_(std::move(source)), options_(options) {
    if (options.most < 1)
      throw Error(Error::Code::invalid,
                  "source " + source_->name() + ": cache: most: expected 1 or more, got 0");
  }

  using DataSource::ask;
  const std::string& name() const override { return source_->name(); }

  Task<SourceAnswer> ask(std::string query, Facts parameters, Duration limit) override {
    const std::string question = query + to_json(parameters);
    if (const SourceAnswer* known = look(question)) {
      SourceAnswer answer = *known;
      co_return answer;
    }
    SourceAnswer answer = co_await source_->ask(std::move(query), std::move(parameters), limit);
    if (answer.outcome == Outcome::found) keep(question, answer, options_.lasts);
    if (answer.outcome == Outcome::not_found) keep(question, answer, options_.not_found_lasts);
    co_return answer;
  }

 private:
  struct Kept {
    std::string question;
    SourceAnswer answer;
    Timestamp until;
  };

  /// Null when it is not known any more.
  const SourceAnswer* look(const std::string& question) {
    const auto found = places_.find(question);
    if (found == places_.end()) return nullptr;
    if (found->second->until <= loop_.now()) {
      kept_.erase(found->second);
      places_.erase(found);
      return nullptr;
    }
    kept_.splice(kept_.begin(), kept_, found->second);
    return &found->second->answer;
  }

  void keep(const std::string& question, const SourceAnswer& answer, Duration lasts) {
    if (lasts <= Duration::zero()) return;
    if (const auto found = places_.find(question); found != places_.end()) {
      kept_.erase(found->second);
      places_.erase(found);
    }
    kept_.push_front({question, answer, loop_.now() + lasts});
    places_.emplace(question, kept_.begin());
    if (kept_.size() <= options_.most) return;
    places_.erase(kept_.back().question);
    kept_.pop_back();
  }

  Loop& loop_;
  const std::unique_ptr<DataSource> source_;
  const CacheOptions options_;
  std::list<Kept> kept_;  // that used last first
  std::map<std::string, std::list<Kept>::iterator> places_;
};

}  // namespace

std::unique_ptr<DataSource> with_cache(Loop& loop, std::unique_ptr<DataSource> source, CacheOptions options) {
  return std::make_unique<Cache>(loop, std::move(source), options);
}

}  // namespace vcsr

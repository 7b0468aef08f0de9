// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr {

namespace {

using Outcome = SourceAnswer::Outcome;

class Breaker final : public DataSource {
 public:
  Breaker(Loop& loop, std::unique_ptr<DataSource> source, BreakerOptions options, const Log& log)
      : loop_(loop), source_(std::move(source)), options_(options), log_(log.component("sources")) {
    if (options.failures < 1)
      throw Error(Error::Code::invalid, "source " + source_->name() +
                                            ": breaker: failures: expected 1 or more, got " +
                                            std::to_string(options.failures));
  }

  using DataSource::ask;
  const std::string& name() const override { return source_->name(); }

  Task<SourceAnswer> ask(std::string query, Facts parameters, Duration limit) override {
    if (const bool open = failures_ >= options_.failures; open && (probing_ || loop_.now() < until_)) {
      SourceAnswer answer{.outcome = Outcome::failed, .rows = {}, .why = resting()};
      co_return answer;
    }
    const Probe probe(*this);
    SourceAnswer answer = co_await source_->ask(std::move(query), std::move(parameters), limit);
    learn(answer);
    co_return answer;
  }

 private:
  /// One question of an open breaker is under way; it may be dropped.
  class Probe {
   public:
    explicit Probe(Breaker& breaker)
        : breaker_(breaker), probes_(breaker.failures_ >= breaker.options_.failures) {
      if (probes_) breaker_.probing_ = true;
    }
    ~Probe() {
      if (probes_) breaker_.probing_ = false;
    }
    Probe(const Probe&) = delete;

   private:
    Breaker& breaker_;
    const bool probes_;
  };

  void learn(const SourceAnswer& answer) {
    const bool works = answer.outcome != Outcome::failed && answer.outcome != Outcome::late;
    if (works && failures_ >= options_.failures) log_.info("a source answers again", {{"source", name()}});
    failures_ = works ? 0 : failures_ + 1;
    if (works) return;
    why_ = answer.why;
    if (failures_ < options_.failures) return;
    until_ = loop_.now() + options_.rest;
    if (failures_ == options_.failures)
      log_.warning("a source is not asked for a while", {{"source", name()}, {"why", why_}});
  }

  std::string resting() const {
    return name() + " is not asked: it failed " + std::to_string(failures_) + " times, last with: " + why_;
  }

  Loop& loop_;
  const std::unique_ptr<DataSource> source_;
  const BreakerOptions options_;
  const Log log_;
  int failures_ = 0;
  bool probing_ = false;
  Timestamp until_{};
  std::string why_;
};

}  // namespace

std::unique_ptr<DataSource> with_breaker(Loop& loop, std::unique_ptr<DataSource> source,
                                         BreakerOptions options, Log log) {
  return std::make_unique<Breaker>(loop, std::move(source), options, log);
}

}  // namespace vcsr

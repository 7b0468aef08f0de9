// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "vcsr/base/loop.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr {

namespace {

using Outcome = SourceAnswer::Outcome;

class Retries final : public DataSource {
 public:
  Retries(Loop& loop, std::unique_ptr<DataSource> source, RetryOptions options)
      : loop_(loop), source_(std::move(source)), options_(options) {
    if (options.tries < 1)
      throw Error(Error::Code::invalid, "source " + source_->name() +
                                            ": retries: tries: expected 1 or more, got " +
                                            std::to_string(options.tries));
    if (options.pause < Duration::zero() || options.longest < options.pause)
      throw Error(
          Error::Code::invalid,
          "source " + source_->name() + ": retries: expected a pause that is not longer than the longest");
  }

  using DataSource::ask;
  const std::string& name() const override { return source_->name(); }

  Task<SourceAnswer> ask(std::string query, Facts parameters, Duration limit) override {
    const Timestamp began = loop_.now();
    Duration pause = options_.pause;
    for (int attempt = 1;; ++attempt) {
      const Duration left = limit > Duration::zero() ? limit - (loop_.now() - began) : Duration::zero();
      SourceAnswer answer = co_await source_->ask(query, parameters, left);
      const bool again = answer.outcome == Outcome::failed || answer.outcome == Outcome::late;
      const Duration wait = shaken(pause);
      const bool in_time = limit == Duration::zero() || loop_.now() - began + wait < limit;
      if (!again || !in_time || attempt == options_.tries) co_return answer;
      co_await loop_.sleep(wait);
      pause = std::min(pause * 2, options_.longest);
    }
  }

 private:
  /// From a half to the whole, so that those who failed together do not come back together.
  Duration shaken(Duration pause) const {
    const auto half = static_cast<std::uint64_t>(pause.count() / 2);
    return pause - Duration(half == 0 ? 0 : static_cast<Duration::rep>(loop_.random() % half));
  }

  Loop& loop_;
  const std::unique_ptr<DataSource> source_;
  const RetryOptions options_;
};

}  // namespace

std::unique_ptr<DataSource> with_retries(Loop& loop, std::unique_ptr<DataSource> source,
                                         RetryOptions options) {
  return std::make_unique<Retries>(loop, std::move(source), options);
}

}  // namespace vcsr

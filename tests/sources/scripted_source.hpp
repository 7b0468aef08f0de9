// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/base/loop.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr::testing {

/// Answers what it was told, one after another; the last one from then on.
class ScriptedSource final : public DataSource {
 public:
  using Outcome = SourceAnswer::Outcome;
  ScriptedSource(Loop& loop, std::deque<Outcome> outcomes, Duration thinks = {})
      : loop_(loop), outcomes_(std::move(outcomes)), thinks_(thinks) {}

  using DataSource::ask;
  const std::string& name() const override { return name_; }
  Task<SourceAnswer> ask(std::string query, Facts parameters, Duration limit) override {
    asked->push_back(loop_.now());
    SourceAnswer answer{.outcome = outcomes_.front(), .rows = {}, .why = "because"};
    if (outcomes_.size() > 1) outcomes_.pop_front();
    if (answer.found()) answer.rows.push_back({{"query", query + to_json(parameters)}, {"n", asked->size()}});
    co_await loop_.sleep(limit > Duration::zero() ? std::min(limit, thinks_) : thinks_);
    co_return answer;
  }

  std::shared_ptr<std::vector<Timestamp>> asked = std::make_shared<std::vector<Timestamp>>();

 private:
  Loop& loop_;
  const std::string name_ = "crm";
  std::deque<Outcome> outcomes_;
  const Duration thinks_;
};

}  // namespace vcsr::testing

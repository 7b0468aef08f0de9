// SPDX-License-Identifier: Apache-2.0
#include "connectors/connection.hpp"

#include <algorithm>
#include <utility>

#include "vcsr/base/loop.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr::connectors {

namespace {

using Outcome = SourceAnswer::Outcome;

/// A connection and the thread that speaks to it.
struct Lane {
  Lane(Loop& loop, Worker::Mode mode) : worker(loop, mode) {}
  std::unique_ptr<Connection> connection;  // the worker's
  std::atomic<int> waiting = 0;
  Worker worker;
};

Outcome outcome_of(const Error& error) {
  switch (error.code()) {
    case Error::Code::timed_out: return Outcome::late;
    case Error::Code::refused:
    case Error::Code::invalid: return Outcome::refused;
    default: return Outcome::failed;
  }
}

std::vector<Facts> rows_of(Lane& lane, const Connect& connect, const Question& question) {
  if (question.dropped) throw Error(Error::Code::timed_out, "not asked any more");
  if (!lane.connection) lane.connection = connect();
  return lane.connection->ask(question);
}

SourceAnswer answer_of(Lane& lane, const Connect& connect, const Question& question) {
  SourceAnswer answer;
  try {
    answer.rows = rows_of(lane, connect, question);
    answer.outcome = answer.rows.empty() ? Outcome::not_found : Outcome::found;
  } catch (const Error& error) {
    answer.outcome = outcome_of(error);
    answer.why = error.what();
  } catch (const std::exception& error) {
    answer.outcome = Outcome::failed;
    answer.why = error.what();
  }
  if (!answer.why.empty() && lane.connection && !lane.connection->usable()) lane.connection.reset();
  return answer;
}

class Source final : public DataSource {
 public:
  Source(Loop& loop, ConnectorOptions options, Queries queries, Connect connect)
      : loop_(loop),
        options_(std::move(options)),
        queries_(std::move(queries)),
        connect_(std::move(connect)) {
    for (int i = 0; i < options_.connections; ++i)
      lanes_.push_back(std::make_unique<Lane>(loop, options_.worker));
  }

  using DataSource::ask;
  const std::string& name() const override { return options_.name; }

  Task<SourceAnswer> ask(std::string query, Facts parameters, Duration limit) override {
    require(query, parameters);
    if (limit <= Duration::zero()) limit = options_.limit;
    const auto question = std::make_shared<Question>();
    question->query = std::move(query);
    question->parameters = std::move(parameters);
    question->limit = limit;
    const Asking asking(question);
    Task<SourceAnswer> working = put(question);
    Task<std::optional<SourceAnswer>> in_time = within(loop_, limit, std::move(working));
    std::optional<SourceAnswer> given = co_await std::move(in_time);
    SourceAnswer answer{.outcome = Outcome::late, .rows = {}, .why = no_answer(limit)};
    if (given) answer = *std::move(given);
    co_return answer;
  }

 private:
  /// While somebody waits for the answer.
  class Asking {
   public:
    explicit Asking(std::shared_ptr<Question> question) : question_(std::move(question)) {}
    ~Asking() { question_->dropped = true; }
    Asking(const Asking&) = delete;

   private:
    std::shared_ptr<Question> question_;
  };

  Task<SourceAnswer> put(std::shared_ptr<Question> question) {
    Lane& lane = **std::min_element(lanes_.begin(), lanes_.end(), [](const auto& a, const auto& b) {
      return a->waiting.load() < b->waiting.load();
    });
    ++lane.waiting;
    return lane.worker.run([this, &lane, question = std::move(question)] {
      SourceAnswer answer = answer_of(lane, connect_, *question);
      --lane.waiting;
      return answer;
    });
  }

  void require(const std::string& query, const Facts& parameters) const {
    const auto found = queries_.find(query);
    if (found == queries_.end()) {
      std::string names;
      for (const auto& [known, needs] : queries_) names += (names.empty() ? "" : ", ") + known;
      throw Error(Error::Code::not_found, "source " + name() + " has no query '" + query +
                                              "'; there are: " + (names.empty() ? "none" : names));
    }
    for (const std::string& needed : found->second)
      if (!parameters.contains(needed))
        throw Error(Error::Code::invalid, "source " + name() + ": query " + query + " needs the parameter '" +
                                              needed + "': give it");
  }

  std::string no_answer(Duration limit) const {
    return name() + " gave no answer within " + std::to_string(limit / std::chrono::milliseconds(1)) + " ms";
  }

  Loop& loop_;
  const ConnectorOptions options_;
  const Queries queries_;
  const Connect connect_;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace

Connection::~Connection() = default;

std::unique_ptr<DataSource> make_source(Loop& loop, ConnectorOptions options, Queries queries,
                                        Connect connect) {
  const std::string name = "source " + options.name;
  if (options.name.empty()) throw Error(Error::Code::invalid, "a source has no name: give it one");
  if (options.connections < 1)
    throw Error(Error::Code::invalid,
                name + ": connections: expected 1 or more, got " + std::to_string(options.connections));
  if (options.limit <= Duration::zero())
    throw Error(Error::Code::invalid, name + ": limit: expected a time longer than 0");
  if (queries.empty()) throw Error(Error::Code::invalid, name + " has no queries: name at least one");
  return std::make_unique<Source>(loop, std::move(options), std::move(queries), std::move(connect));
}

std::vector<std::string> names_in_braces(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; (begin = text.find('{', begin)) != text.npos; ++begin)
    if (const std::size_t end = text.find('}', begin); end != text.npos)
      names.push_back(text.substr(begin + 1, end - begin - 1));
  return names;
}

std::string filled(const std::string& text, const Facts& parameters,
                   const std::function<std::string(const std::string&)>& shown) {
  std::string full;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find('{', at), end = text.find('}', begin);
    if (begin == text.npos || end == text.npos) return full + text.substr(at);
    full += text.substr(at, begin - at);
    const auto found = parameters.find(text.substr(begin + 1, end - begin - 1));
    if (found != parameters.end()) full += shown(found->second.text());
    at = end + 1;
  }
  return full;
}

}  // namespace vcsr::connectors

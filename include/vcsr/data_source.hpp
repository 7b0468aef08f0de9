// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

class Loop;

/// What a back office answered, or why it did not.
struct VCSR_EXPORT SourceAnswer {
  enum class Outcome {
    found,      ///< rows has at least one
    not_found,  ///< it answered, and there is none
    late,       ///< no answer within the limit
    failed,     ///< it cannot be reached or broke
    refused,    ///< it said no: access, a query it does not take
  };
  Outcome outcome = Outcome::not_found;
  std::vector<Facts> rows = {};
  std::string why = {};  ///< of late, failed and refused, in words for an operator; no customer's data

  bool found() const { return outcome == Outcome::found; }
  /// Of the first row; null where there is none.
  Value get(std::string_view column) const;
};

/// "found", "not_found", "late", "failed", "refused"
VCSR_EXPORT const char* to_string(SourceAnswer::Outcome outcome) noexcept;

/// A back office that answers named queries: a database, a web service, a file, a terminal host. What the
/// world does wrong is an outcome, never an exception; nothing it does holds up the loop. On its loop, which
/// outlives it.
///
///     Facts asked{{"account", account}};
///     SourceAnswer balance = co_await bank.ask("balance", asked);
///     if (balance.found()) co_await call.say("{amount}", balance.get("amount"));
class VCSR_EXPORT DataSource {
 public:
  virtual ~DataSource();

  /// As it is configured; for logs and the journal.
  virtual const std::string& name() const = 0;
  /// At most `limit`, or the source's own limit where that is 0. Throws Error: not_found for a query that was
  /// not configured, naming those there are; invalid for a parameter that the query needs and was not given.
  /// Dropping the task forgets the answer.
  virtual Task<SourceAnswer> ask(std::string query, Facts parameters, Duration limit) = 0;
  /// The same, at most the source's own limit.
  Task<SourceAnswer> ask(std::string query, Facts parameters = {});
};

/// Whom CustomerContext::identify() asks: with the parameter "identity" and one of the identity's own kind
/// ("phone": the normalized number). The columns of the first row become data of the contact.
struct IdentifySource {
  std::shared_ptr<DataSource> source;
  std::string query;
  std::vector<std::string> kinds = {};  ///< of identities it is asked for; empty: all
  Duration limit{};                     ///< 0: the source's own
};

/// How often a question that failed or was late is asked again.
struct RetryOptions {
  int tries = 3;                                    ///< with the first
  Duration pause = std::chrono::milliseconds(100);  ///< before the second, twice that before the third …
  Duration longest = std::chrono::seconds(2);
};

/// When a source is left in peace.
struct BreakerOptions {
  int failures = 5;                          ///< failed or late in succession, until it opens
  Duration rest = std::chrono::seconds(30);  ///< then one question is let through, to see
};

/// What is not asked twice.
struct CacheOptions {
  Duration lasts = std::chrono::seconds(60);
  Duration not_found_lasts = std::chrono::seconds(5);
  std::size_t most = 10'000;  ///< answers; the one not used longest goes
};

/// Decorators: each adds one thing to a source and passes on the rest. Retries stay within the limit of the
/// question, with a part of each pause by chance. An open breaker answers failed at once. A cache keeps what
/// was found and not_found. Throw Error(invalid) naming an option that cannot be.
VCSR_EXPORT std::unique_ptr<DataSource> with_retries(Loop& loop, std::unique_ptr<DataSource> source,
                                                     RetryOptions options = {});
VCSR_EXPORT std::unique_ptr<DataSource> with_breaker(Loop& loop, std::unique_ptr<DataSource> source,
                                                     BreakerOptions options = {}, Log log = {});
VCSR_EXPORT std::unique_ptr<DataSource> with_cache(Loop& loop, std::unique_ptr<DataSource> source,
                                                   CacheOptions options = {});

}  // namespace vcsr

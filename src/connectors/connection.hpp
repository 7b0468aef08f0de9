// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "vcsr/connectors/connector.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr::connectors {

/// What is asked of a connection.
struct Question {
  std::string query;
  Facts parameters;
  Duration limit{};
  std::atomic<bool> dropped = false;  ///< nobody waits any more; set by the loop
};

/// One connection to a back office, used by one thread at a time. It blocks, but not much longer than the
/// limit or until the question is dropped.
class Connection {
 public:
  virtual ~Connection();
  /// Throws Error: timed_out for late, refused and invalid for a no, and anything else for failed.
  virtual std::vector<Facts> ask(const Question& question) = 0;
  /// Whether it can be asked again after an exception.
  virtual bool usable() const { return true; }
};

/// By name, and the parameters each needs.
using Queries = std::map<std::string, std::vector<std::string>>;
using Connect = std::function<std::unique_ptr<Connection>()>;

/// Asks connections that are made by `connect`, each on a thread of its own, when they are needed.
std::unique_ptr<DataSource> make_source(Loop& loop, ConnectorOptions options, Queries queries,
                                        Connect connect);

/// Text with parameters in braces, and their names.
std::vector<std::string> names_in_braces(const std::string& text);
/// With each replaced by what `shown` makes of its text.
std::string filled(const std::string& text, const Facts& parameters,
                   const std::function<std::string(const std::string&)>& shown);

}  // namespace vcsr::connectors

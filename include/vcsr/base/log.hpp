// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

class Loop;

/// How much a line matters, rising; `off` is above all of them.
enum class LogLevel { trace, debug, info, warning, error, off };

/// Throws Error(invalid) naming the levels there are.
VCSR_EXPORT LogLevel parse_log_level(std::string_view name);

/// What is logged, how and where to.
struct LogOptions {
  enum class Format { text, json };

  Format format = Format::text;
  LogLevel level = LogLevel::info;
  /// Levels of single components, "sip" = debug.
  std::map<std::string, LogLevel> levels = {};
  /// Receives each finished line without its line end; from any thread, one at a time.
  /// Standard error when empty.
  std::function<void(std::string_view line)> sink = {};
};

/// Where a part of the library says what happens: a message and named fields, as text
/// ("09:30:00.250 info sip: registered user=1001") or JSON lines. A handle that is passed in,
/// never a global; a default-made Log is silent. Any thread. Secrets do not convert to Value,
/// so they cannot be logged.
class VCSR_EXPORT Log {
 public:
  /// A named value of a line.
  struct Field {
    std::string_view name;
    Value value;
  };
  using Fields = std::initializer_list<Field>;

  Log() = default;
  /// Times come from `loop`, which outlives the log and all its copies.
  Log(const Loop& loop, LogOptions options);

  /// The same log under a component's name and level.
  Log component(std::string name) const;

  bool enabled(LogLevel level) const;
  void write(LogLevel level, std::string_view message, Fields fields = {}) const;

  void debug(std::string_view message, Fields fields = {}) const { write(LogLevel::debug, message, fields); }
  void info(std::string_view message, Fields fields = {}) const { write(LogLevel::info, message, fields); }
  void warning(std::string_view message, Fields fields = {}) const {
    write(LogLevel::warning, message, fields);
  }
  void error(std::string_view message, Fields fields = {}) const { write(LogLevel::error, message, fields); }

 private:
  class Impl;
  std::shared_ptr<const Impl> impl_;
  std::string component_;
  LogLevel level_ = LogLevel::off;
};

}  // namespace vcsr

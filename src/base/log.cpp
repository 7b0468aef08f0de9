// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/log.hpp"

#include <algorithm>
#include <array>
#include <mutex>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "vcsr/base/error.hpp"
#include "vcsr/base/loop.hpp"

namespace vcsr {

namespace {

constexpr std::array<std::string_view, 6> level_names = {"trace", "debug", "info", "warning", "error", "off"};

std::string_view name_of(LogLevel level) { return level_names[static_cast<std::size_t>(level)]; }

/// Also of a terminal: what a caller sends must not move its cursor.
bool is_control(char c) { return (c >= 0 && c < ' ') || c == 0x7f; }

/// Text that would break a line of key=value pairs is written as JSON.
std::string plain(const Value& value) {
  const std::string text = value.text();
  const bool breaks = text.empty() || text.find_first_of(" \"=") != std::string::npos ||
                      std::any_of(text.begin(), text.end(), is_control);
  return breaks && value.get_if<std::string>() ? to_json(value) : text;
}

std::string text_line(WallTime time, LogLevel level, const std::string& component, std::string_view message,
                      Log::Fields fields) {
  std::string line = to_string(time).substr(11, 12);
  line.append(" ").append(name_of(level)).append(" ");
  if (!component.empty()) line.append(component).append(": ");
  line.append(message);
  for (const Log::Field& field : fields)
    line.append(" ").append(field.name).append("=").append(plain(field.value));
  std::replace_if(line.begin(), line.end(), is_control, ' ');
  return line;
}

std::string json_line(WallTime time, LogLevel level, const std::string& component, std::string_view message,
                      Log::Fields fields) {
  Value::Map line;
  for (const Log::Field& field : fields) line.insert_or_assign(std::string(field.name), field.value);
  line.insert_or_assign("time", to_string(time));
  line.insert_or_assign("level", name_of(level));
  if (!component.empty()) line.insert_or_assign("component", component);
  line.insert_or_assign("message", message);
  return to_json(line);
}

}  // namespace

LogLevel parse_log_level(std::string_view name) {
  for (std::size_t i = 0; i < level_names.size(); ++i)
    if (level_names[i] == name) return static_cast<LogLevel>(i);
  throw Error(Error::Code::invalid,
              "expected trace, debug, info, warning, error or off, got '" + std::string(name) + "'");
}

class Log::Impl {
 public:
  Impl(const Loop& loop, LogOptions options) : loop(loop), options(std::move(options)) {
    if (!this->options.sink) {
      terminal = std::make_shared<spdlog::logger>("vcsr", std::make_shared<spdlog::sinks::stderr_sink_mt>());
      terminal->set_pattern("%v");
      terminal->set_level(spdlog::level::trace);
    }
  }

  void write(std::string_view line) const {
    if (terminal) {
      terminal->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
      return;
    }
    const std::lock_guard lock(mutex);
    options.sink(line);
  }

  const Loop& loop;
  const LogOptions options;
  std::shared_ptr<spdlog::logger> terminal;
  mutable std::mutex mutex;
};

Log::Log(const Loop& loop, LogOptions options)
    : impl_(std::make_shared<Impl>(loop, std::move(options))), level_(impl_->options.level) {}

Log Log::component(std::string name) const {
  Log part = *this;
  if (impl_) {
    const auto found = impl_->options.levels.find(name);
    if (found != impl_->options.levels.end()) part.level_ = found->second;
  }
  part.component_ = std::move(name);
  return part;
}

bool Log::enabled(LogLevel level) const { return impl_ && level >= level_ && level != LogLevel::off; }

void Log::write(LogLevel level, std::string_view message, Fields fields) const {
  if (!enabled(level)) return;
  const WallTime time = impl_->loop.wall_time();
  const bool json = impl_->options.format == LogOptions::Format::json;
  impl_->write((json ? json_line : text_line)(time, level, component_, message, fields));
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "app/source_section.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/source_queries.hpp"
#include "vcsr/connectors/file.hpp"
#include "vcsr/connectors/http.hpp"
#include "vcsr/connectors/sql.hpp"
#include "vcsr/connectors/terminal.hpp"

namespace vcsr {

namespace {

using namespace std::chrono_literals;

using Absolute = std::function<std::string(const std::string&)>;
using ReadSecret = std::function<void(TomlSection&, const std::string&, Secret&)>;
using Kind = SourceConfig::Kind;

void read_patience(TomlSection& section, SourceConfig& config) {
  section.read("limit", config.options.limit, 1ms);
  section.read("connections", config.options.connections, 1, 64);
  section.read("tries", config.retries.tries, 1, 10);
  section.read("retry_pause", config.retries.pause, 1ms);
  config.retries.longest = std::max(config.retries.longest, config.retries.pause);
  section.read("breaker_failures", config.breaker.failures, 0, 1000);
  section.read("breaker_rest", config.breaker.rest, 1ms);
  section.read("cache", config.cache.lasts);
  section.read("cache_not_found", config.cache.not_found_lasts);
}

SourceConfig::Make sqlite_source(TomlSection& section, const Absolute& absolute) {
  std::string path;
  bool writes = false;
  section.require("path", path);
  section.read("writes", writes);
  return [path = absolute(path), writes, queries = read_sql_queries(section)](
             Loop& loop, const ConnectorOptions& options) {
    return make_sqlite_source(loop, options, path, queries, writes);
  };
}

template <class Maker>
SourceConfig::Make connected_source(TomlSection& section, const ReadSecret& read_secret, Maker make) {
  Secret connection;
  read_secret(section, "connection", connection);
  if (connection.empty())
    section.fault("connection",
                  "is missing: expected how to connect, or connection_file with a file that says it");
  return
      [connection, make, queries = read_sql_queries(section)](Loop& loop, const ConnectorOptions& options) {
        return make(loop, options, connection, queries);
      };
}

SourceConfig::Make http_source(TomlSection& section, const Absolute& absolute,
                               const ReadSecret& read_secret) {
  HttpService service;
  section.require("url", service.url);
  read_secret(section, "token", service.token);
  if (section.read("authorities", service.authorities)) service.authorities = absolute(service.authorities);
  if (auto header = section.section("header"))
    for (const auto& [field, value] : header->rest()) service.header.emplace(field, value.text());
  read_http_queries(section, service.queries);
  return [service](Loop& loop, const ConnectorOptions& options) {
    return make_http_source(loop, options, service);
  };
}

SourceConfig::Make file_source(TomlSection& section, const Absolute& absolute) {
  TableFile file;
  section.require("path", file.path);
  file.path = absolute(file.path);
  std::string separator(1, file.separator);
  if (section.read("separator", separator) && separator.size() != 1)
    section.wrong("separator", "one letter such as \",\" or \";\"");
  file.separator = separator.empty() ? ',' : separator[0];
  read_widths(section, file.widths);
  read_column_queries(section, file.queries);
  return
      [file](Loop& loop, const ConnectorOptions& options) { return make_file_source(loop, options, file); };
}

SourceConfig::Make terminal_source(TomlSection& section, const ReadSecret& read_secret) {
  TerminalHost host;
  section.require("host", host.host);
  section.read("port", host.port, 1, 65535);
  section.read("user", host.user);
  section.read("line_end", host.line_end);
  read_secret(section, "password", host.password);
  host.login = read_steps(section, "login");
  read_terminal_queries(section, host.queries);
  return [host](Loop& loop, const ConnectorOptions& options) {
    return make_terminal_source(loop, options, host);
  };
}

SourceConfig::Make read_kind(TomlSection& section, Kind kind, const Absolute& absolute,
                             const ReadSecret& read_secret) {
  switch (kind) {
    case Kind::sqlite: return sqlite_source(section, absolute);
    case Kind::postgres: return connected_source(section, read_secret, make_postgres_source);
    case Kind::odbc: return connected_source(section, read_secret, make_odbc_source);
    case Kind::http: return http_source(section, absolute, read_secret);
    case Kind::file: return file_source(section, absolute);
    case Kind::terminal: return terminal_source(section, read_secret);
  }
  return {};
}

}  // namespace

SourceConfig read_source(TomlSection& section, const std::string& name, const Absolute& absolute,
                         const ReadSecret& read_secret) {
  SourceConfig config;
  config.options.name = name;
  config.place = {section.faults().document(), section.line(), ""};
  Kind kind = Kind::sqlite;
  std::string word;
  section.require("kind", word);
  section.read<Kind>("kind", kind,
                     {{"sqlite", Kind::sqlite},
                      {"postgres", Kind::postgres},
                      {"odbc", Kind::odbc},
                      {"http", Kind::http},
                      {"file", Kind::file},
                      {"terminal", Kind::terminal}});
  read_patience(section, config);
  config.make = read_kind(section, kind, absolute, read_secret);
  section.finish();
  return config;
}

std::shared_ptr<DataSource> make_source(Loop& loop, const SourceConfig& config, const Log& log) {
  try {
    ConnectorOptions options = config.options;
    options.log = log;
    std::unique_ptr<DataSource> source = config.make(loop, options);
    if (config.retries.tries > 1) source = with_retries(loop, std::move(source), config.retries);
    if (config.breaker.failures > 0) source = with_breaker(loop, std::move(source), config.breaker, log);
    if (config.cache.lasts > Duration::zero()) source = with_cache(loop, std::move(source), config.cache);
    return source;
  } catch (const Error& error) {
    throw Error(error.code(), config.place, error.what());
  }
}

}  // namespace vcsr

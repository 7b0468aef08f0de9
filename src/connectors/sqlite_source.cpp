// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "connectors/connection.hpp"
#include "connectors/sql_queries.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/connectors/sql.hpp"

namespace vcsr {

namespace {

using connectors::Question;
using connectors::SqlStatements;
using connectors::SqlText;

constexpr int steps_between_looks = 1000;

void bind(SQLite::Statement& statement, int place, const Value& value) {
  if (const auto* whole = value.get_if<std::int64_t>()) statement.bind(place, *whole);
  else if (const auto* fraction = value.get_if<double>()) statement.bind(place, *fraction);
  else if (const auto* truth = value.get_if<bool>()) statement.bind(place, *truth ? 1 : 0);
  else if (value.is_null()) statement.bind(place);
  else statement.bind(place, value.text());
}

Value value_of(const SQLite::Column& column) {
  if (column.isInteger()) return column.getInt64();
  if (column.isFloat()) return column.getDouble();
  if (column.isNull()) return nullptr;
  return column.getString();
}

class SqliteConnection final : public connectors::Connection {
 public:
  SqliteConnection(const std::string& path, const SqlStatements& statements, bool writes)
      : path_(path), statements_(statements), database_(open(path, writes)) {}

  std::vector<Facts> ask(const Question& question) override {
    const SqlText& text = statements_.at(question.query);
    const Watch watch(database_, question);
    try {
      SQLite::Statement statement(database_, text.text);
      int place = 0;
      for (const std::string& name : text.parameters) bind(statement, ++place, question.parameters.at(name));
      return rows_of(statement);
    } catch (const SQLite::Exception& error) {
      const int code = error.getErrorCode();
      if (code == SQLITE_INTERRUPT || code == SQLITE_BUSY)
        throw Error(Error::Code::timed_out, path_ + ": " + error.what());
      const bool no = code == SQLITE_READONLY || code == SQLITE_CONSTRAINT || code == SQLITE_AUTH;
      throw Error(no ? Error::Code::refused : Error::Code::unavailable,
                  path_ + ": query " + question.query + ": " + error.what());
    }
  }

  /// A file that was replaced is another.
  bool usable() const override { return false; }

 private:
  /// Ends a statement that nobody waits for.
  class Watch {
   public:
    Watch(SQLite::Database& database, const Question& question) : database_(database) {
      database.setBusyTimeout(static_cast<int>(question.limit / std::chrono::milliseconds(1)));
      sqlite3_progress_handler(database.getHandle(), steps_between_looks, is_dropped,
                               const_cast<Question*>(&question));
    }
    ~Watch() { sqlite3_progress_handler(database_.getHandle(), 0, nullptr, nullptr); }
    Watch(const Watch&) = delete;

   private:
    static int is_dropped(void* question) { return static_cast<const Question*>(question)->dropped ? 1 : 0; }
    SQLite::Database& database_;
  };

  static SQLite::Database open(const std::string& path, bool writes) {
    try {
      return SQLite::Database(path, writes ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY);
    } catch (const SQLite::Exception& error) {
      throw Error(Error::Code::unavailable, path + " cannot be opened: " + error.what());
    }
  }

  std::vector<Facts> rows_of(SQLite::Statement& statement) {
    std::vector<Facts> rows;
    while (statement.executeStep()) {
      Facts row;
      for (int i = 0; i < statement.getColumnCount(); ++i)
        row.insert_or_assign(statement.getColumnName(i), value_of(statement.getColumn(i)));
      rows.push_back(std::move(row));
    }
    if (statement.getColumnCount() == 0) rows.push_back({{"changed", database_.getChanges()}});
    return rows;
  }

  const std::string path_;
  const SqlStatements& statements_;
  SQLite::Database database_;
};

}  // namespace

std::unique_ptr<DataSource> make_sqlite_source(Loop& loop, ConnectorOptions options, std::string path,
                                               SqlQueries queries, bool writes) {
  const auto statements = connectors::statements_of(
      options.name, queries, [](std::size_t place) { return "?" + std::to_string(place); });
  connectors::Queries needs = connectors::needs_of(*statements);
  return connectors::make_source(loop, std::move(options), std::move(needs),
                                 [path = std::move(path), statements, writes] {
                                   return std::make_unique<SqliteConnection>(path, *statements, writes);
                                 });
}

}  // namespace vcsr

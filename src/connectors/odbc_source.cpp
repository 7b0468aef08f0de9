// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>
#include <string_view>
#include <utility>

#include <sql.h>
#include <sqlext.h>

#include "connectors/connection.hpp"
#include "connectors/sql_queries.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using connectors::Question;
using connectors::SqlStatements;
using connectors::SqlText;

constexpr std::size_t piece = 4096;

/// A handle of ODBC, which is freed with it.
class Handle {
 public:
  Handle(SQLSMALLINT type, SQLHANDLE parent) : type_(type) {
    if (!SQL_SUCCEEDED(SQLAllocHandle(type, parent, &handle_))) handle_ = SQL_NULL_HANDLE;
  }
  ~Handle() {
    if (handle_ != SQL_NULL_HANDLE) SQLFreeHandle(type_, handle_);
  }
  Handle(const Handle&) = delete;

  SQLHANDLE get() const { return handle_; }

  /// The first complaint: its state and its words.
  std::pair<std::string, std::string> complaint() const {
    std::array<SQLCHAR, 6> state{};
    std::array<SQLCHAR, 512> words{};
    SQLINTEGER native = 0;
    SQLSMALLINT length = 0;
    SQLGetDiagRec(type_, handle_, 1, state.data(), &native, words.data(), words.size(), &length);
    std::string text(reinterpret_cast<const char*>(words.data()));
    std::replace(text.begin(), text.end(), '\n', ' ');
    return {reinterpret_cast<const char*>(state.data()), text};
  }

 private:
  const SQLSMALLINT type_;
  SQLHANDLE handle_ = SQL_NULL_HANDLE;
};

SQLCHAR* characters(const std::string& text) {
  return reinterpret_cast<SQLCHAR*>(const_cast<char*>(text.c_str()));
}

SQLPOINTER seconds_of(Duration limit) {
  const auto seconds = static_cast<SQLULEN>(std::max<std::int64_t>(1, limit / std::chrono::seconds(1)));
  // ODBC hands numbers over as pointers.
  return reinterpret_cast<SQLPOINTER>(seconds);  // NOLINT(performance-no-int-to-ptr)
}

/// The whole of a column as text; nothing for null.
std::optional<std::string> text_of(SQLHANDLE statement, SQLUSMALLINT column) {
  std::string text;
  std::array<char, piece> part{};
  SQLLEN length = 0;
  SQLRETURN result;
  while (
      SQL_SUCCEEDED(result = SQLGetData(statement, column, SQL_C_CHAR, part.data(), part.size(), &length))) {
    if (length == SQL_NULL_DATA) return {};
    text += part.data();
    if (result == SQL_SUCCESS) break;
  }
  return text;
}

template <class Number>
Value number_of(const std::string& text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stopped == end ? Value(number) : Value(text);
}

Value value_of(SQLHANDLE statement, SQLUSMALLINT column, SQLLEN type) {
  std::optional<std::string> text = text_of(statement, column);
  if (!text) return nullptr;
  switch (type) {
    case SQL_BIT: return *text == "1";
    case SQL_TINYINT:
    case SQL_SMALLINT:
    case SQL_INTEGER:
    case SQL_BIGINT: return number_of<std::int64_t>(*text);
    case SQL_REAL:
    case SQL_FLOAT:
    case SQL_DOUBLE:
    case SQL_NUMERIC:
    case SQL_DECIMAL: return number_of<double>(*text);
    default: return *std::move(text);
  }
}

class OdbcConnection final : public connectors::Connection {
 public:
  OdbcConnection(std::string name, const Secret& connection, const SqlStatements& statements)
      : name_(std::move(name)), connection_(connection), statements_(statements) {
    SQLSetEnvAttr(environment_.get(), SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
    handle_ = std::make_unique<Handle>(static_cast<SQLSMALLINT>(SQL_HANDLE_DBC), environment_.get());
  }
  ~OdbcConnection() override {
    if (connected_) SQLDisconnect(handle_->get());
  }

  std::vector<Facts> ask(const Question& question) override {
    if (!connected_) connect(question);
    const SqlText& text = statements_.at(question.query);
    const Handle statement(SQL_HANDLE_STMT, handle_->get());
    SQLSetStmtAttr(statement.get(), SQL_ATTR_QUERY_TIMEOUT, seconds_of(question.limit), 0);
    std::vector<std::string> values;
    std::vector<SQLLEN> lengths;
    for (const std::string& name : text.parameters) {
      const Value& value = question.parameters.at(name);
      values.push_back(value.get_if<bool>() ? (value == Value(true) ? "1" : "0") : value.text());
      lengths.push_back(value.is_null() ? SQL_NULL_DATA : static_cast<SQLLEN>(values.back().size()));
    }
    for (std::size_t i = 0; i < values.size(); ++i)
      SQLBindParameter(statement.get(), static_cast<SQLUSMALLINT>(i + 1), SQL_PARAM_INPUT, SQL_C_CHAR,
                       type_of(question.parameters.at(text.parameters[i])),
                       std::max<SQLULEN>(1, values[i].size()), 0, values[i].data(),
                       static_cast<SQLLEN>(values[i].size()), &lengths[i]);
    const SQLRETURN result = SQLExecDirect(statement.get(), characters(text.text), SQL_NTS);
    if (!SQL_SUCCEEDED(result) && result != SQL_NO_DATA) failed(question, statement);
    return rows_of(statement);
  }

  bool usable() const override { return connected_ && !broken_; }

 private:
  static SQLSMALLINT type_of(const Value& value) {
    if (value.get_if<std::int64_t>()) return SQL_BIGINT;
    if (value.get_if<double>()) return SQL_DOUBLE;
    if (value.get_if<bool>()) return SQL_BIT;
    return SQL_VARCHAR;
  }

  void connect(const Question& question) {
    SQLSetConnectAttr(handle_->get(), SQL_LOGIN_TIMEOUT, seconds_of(question.limit), 0);
    const SQLRETURN result = SQLDriverConnect(handle_->get(), nullptr, characters(connection_.reveal()),
                                              SQL_NTS, nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
    if (!SQL_SUCCEEDED(result))
      throw Error(Error::Code::unavailable, name_ + " cannot be reached: " + handle_->complaint().second);
    connected_ = true;
  }

  std::vector<Facts> rows_of(const Handle& statement) {
    SQLSMALLINT columns = 0;
    SQLNumResultCols(statement.get(), &columns);
    std::vector<Facts> rows;
    if (columns == 0) {
      SQLLEN changed = 0;
      SQLRowCount(statement.get(), &changed);
      rows.push_back({{"changed", static_cast<std::int64_t>(changed)}});
    }
    while (columns > 0 && SQL_SUCCEEDED(SQLFetch(statement.get())))
      rows.push_back(row_of(statement, columns));
    return rows;
  }

  static Facts row_of(const Handle& statement, SQLSMALLINT columns) {
    Facts row;
    for (SQLSMALLINT i = 1; i <= columns; ++i) {
      std::array<char, 256> name{};
      SQLSMALLINT length = 0;
      SQLLEN type = 0;
      const auto column = static_cast<SQLUSMALLINT>(i);
      SQLColAttribute(statement.get(), column, SQL_DESC_NAME, name.data(), name.size(), &length, nullptr);
      SQLColAttribute(statement.get(), column, SQL_DESC_CONCISE_TYPE, nullptr, 0, nullptr, &type);
      row.insert_or_assign(name.data(), value_of(statement.get(), column, type));
    }
    return row;
  }

  [[noreturn]] void failed(const Question& question, const Handle& statement) {
    const auto [state, words] = statement.complaint();
    const std::string_view kind = std::string_view(state).substr(0, 2);
    broken_ = kind == "08";
    const std::string why = name_ + ": query " + question.query + ": " + words;
    const bool late = state == "HYT00" || state == "HYT01" || state == "57014";
    const bool no = kind == "22" || kind == "23" || kind == "28" || kind == "42";
    throw Error(late ? Error::Code::timed_out : no ? Error::Code::refused : Error::Code::unavailable, why);
  }

  const std::string name_;
  const Secret& connection_;
  const SqlStatements& statements_;
  const Handle environment_{SQL_HANDLE_ENV, SQL_NULL_HANDLE};
  std::unique_ptr<Handle> handle_;
  bool connected_ = false, broken_ = false;
};

}  // namespace

std::unique_ptr<DataSource> make_odbc_source(Loop& loop, ConnectorOptions options, Secret connection,
                                             SqlQueries queries) {
  const auto statements =
      connectors::statements_of(options.name, queries, [](std::size_t) { return std::string("?"); });
  connectors::Queries needs = connectors::needs_of(*statements);
  const std::string name = options.name;
  return connectors::make_source(
      loop, std::move(options), std::move(needs),
      [name, statements, connection = std::make_shared<const Secret>(std::move(connection))] {
        return std::make_unique<OdbcConnection>(name, *connection, *statements);
      });
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <libpq-fe.h>
#include <poll.h>

#include "connectors/connection.hpp"
#include "connectors/sql_queries.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using connectors::Question;
using connectors::SqlStatements;
using connectors::SqlText;

constexpr int look_every = 50;  // ms, whether anybody still waits

// Of pg_type; they never change.
constexpr Oid type_bool = 16, type_int8 = 20, type_int2 = 21, type_int4 = 23, type_json = 114,
              type_float4 = 700, type_float8 = 701, type_numeric = 1700, type_jsonb = 3802;

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

template <class Number>
Value number_of(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  // "NaN" and what has more digits than fit stay texts.
  return error == std::errc() && end == text.data() + text.size() && number == number ? Value(number)
                                                                                      : Value(text);
}

Value value_of(const PGresult* answer, int row, int column) {
  if (PQgetisnull(answer, row, column)) return nullptr;
  const std::string_view text(PQgetvalue(answer, row, column),
                              static_cast<std::size_t>(PQgetlength(answer, row, column)));
  switch (PQftype(answer, column)) {
    case type_bool: return text == "t";
    case type_int2:
    case type_int4:
    case type_int8: return number_of<std::int64_t>(text);
    case type_float4:
    case type_float8:
    case type_numeric: return number_of<double>(text);
    case type_json:
    case type_jsonb: return from_json(text);
    default: return text;
  }
}

/// libpq's last line end is not ours.
std::string one_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

class PostgresConnection final : public connectors::Connection {
 public:
  PostgresConnection(std::string name, const Secret& connection, const SqlStatements& statements)
      : name_(std::move(name)), connection_(connection), statements_(statements) {}

  std::vector<Facts> ask(const Question& question) override {
    if (!usable()) connect(question);
    const SqlText& text = statements_.at(question.query);
    std::vector<std::string> texts;
    for (const std::string& name : text.parameters) texts.push_back(question.parameters.at(name).text());
    std::vector<const char*> values;
    for (std::size_t i = 0; i < texts.size(); ++i)
      values.push_back(question.parameters.at(text.parameters[i]).is_null() ? nullptr : texts[i].c_str());
    if (PQsendQueryParams(handle_.get(), text.text.c_str(), static_cast<int>(values.size()), nullptr,
                          values.data(), nullptr, nullptr, 0) != 1)
      failed(question);
    return answer_to(question);
  }

  bool usable() const override { return handle_ && PQstatus(handle_.get()) == CONNECTION_OK; }

 private:
  /// Waits until the socket is ready; throws when nobody waits for the answer any more.
  void wait(const Question& question, bool to_read) {
    pollfd socket{PQsocket(handle_.get()), static_cast<short>(to_read ? POLLIN : POLLOUT), 0};
    while (poll(&socket, 1, look_every) == 0)
      if (question.dropped) late(question);
  }

  void connect(const Question& question) {
    handle_.reset(PQconnectStart(connection_.reveal().c_str()));
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    while (handle_ && PQstatus(handle_.get()) != CONNECTION_BAD && state != PGRES_POLLING_OK &&
           state != PGRES_POLLING_FAILED) {
      wait(question, state == PGRES_POLLING_READING);
      state = PQconnectPoll(handle_.get());
    }
    if (state == PGRES_POLLING_OK) {
      // Its warnings are nobody's; what fails is told by answers.
      PQsetNoticeProcessor(
          handle_.get(), [](void*, const char*) {}, nullptr);
      return;
    }
    // Its words may tell the host and the user, never the password.
    const std::string why = handle_ ? one_line(PQerrorMessage(handle_.get())) : "no memory";
    handle_.reset();
    throw Error(Error::Code::unavailable, name_ + " cannot be reached: " + why);
  }

  std::vector<Facts> answer_to(const Question& question) {
    std::vector<Facts> rows;
    while (true) {
      PQflush(handle_.get());
      while (PQisBusy(handle_.get())) {
        wait(question, true);
        if (PQconsumeInput(handle_.get()) != 1) failed(question);
      }
      const Answer answer(PQgetResult(handle_.get()), PQclear);
      if (!answer) return rows;
      add(question, answer.get(), rows);
    }
  }

  void add(const Question& question, const PGresult* answer, std::vector<Facts>& rows) {
    const ExecStatusType status = PQresultStatus(answer);
    if (status == PGRES_COMMAND_OK) {
      rows.push_back({{"changed", number_of<std::int64_t>(PQcmdTuples(const_cast<PGresult*>(answer)))}});
      return;
    }
    if (status != PGRES_TUPLES_OK) refused(question, answer);
    for (int i = 0; i < PQntuples(answer); ++i) {
      Facts row;
      for (int column = 0; column < PQnfields(answer); ++column)
        row.insert_or_assign(PQfname(answer, column), value_of(answer, i, column));
      rows.push_back(std::move(row));
    }
  }

  [[noreturn]] void refused(const Question& question, const PGresult* answer) {
    const char* const state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    const std::string_view kind = state ? std::string_view(state).substr(0, 2) : "";
    const char* const words = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
    // Classes of what is asked wrongly or is not allowed; connections, resources and operators are not.
    const bool no = kind == "22" || kind == "23" || kind == "25" || kind == "28" || kind == "42";
    const std::string why = name_ + ": query " + question.query + ": " + (words ? words : "no reason given");
    while (const Answer rest{PQgetResult(handle_.get()), PQclear}) {
    }
    throw Error(no ? Error::Code::refused : Error::Code::unavailable, why);
  }

  [[noreturn]] void failed(const Question& question) {
    const std::string why = one_line(PQerrorMessage(handle_.get()));
    handle_.reset();
    throw Error(Error::Code::unavailable, name_ + ": query " + question.query + ": " + why);
  }

  /// Tells the server to stop, and leaves it: its answer would be taken for the next one.
  [[noreturn]] void late(const Question& question) {
    if (const std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> cancel{PQgetCancel(handle_.get()),
                                                                        PQfreeCancel}) {
      std::array<char, 256> words{};
      PQcancel(cancel.get(), words.data(), static_cast<int>(words.size()));
    }
    handle_.reset();
    throw Error(Error::Code::timed_out, name_ + ": query " + question.query + " was late");
  }

  const std::string name_;
  const Secret& connection_;
  const SqlStatements& statements_;
  std::unique_ptr<PGconn, decltype(&PQfinish)> handle_{nullptr, PQfinish};
};

}  // namespace

std::unique_ptr<DataSource> make_postgres_source(Loop& loop, ConnectorOptions options, Secret connection,
                                                 SqlQueries queries) {
  const auto statements = connectors::statements_of(
      options.name, queries, [](std::size_t place) { return "$" + std::to_string(place); });
  connectors::Queries needs = connectors::needs_of(*statements);
  const std::string name = options.name;
  return connectors::make_source(
      loop, std::move(options), std::move(needs),
      [name, statements, connection = std::make_shared<const Secret>(std::move(connection))] {
        return std::make_unique<PostgresConnection>(name, *connection, *statements);
      });
}

}  // namespace vcsr

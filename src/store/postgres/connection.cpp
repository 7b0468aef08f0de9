// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/connection.hpp"

#include <array>
#include <vector>

#include <libpq-fe.h>

#include "vcsr/base/error.hpp"

namespace vcsr::postgres {

namespace {

/// libpq's words on one line.
std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;) text.replace(at, 1, "; ");
  return text;
}

[[noreturn]] void fail(const std::string& why) { throw Error(Error::Code::unavailable, one_line(why)); }

/// What an operator can do, by class of SQLSTATE; "" where nothing is known.
const char* remedy_of(std::string_view state) {
  if (state == "53100") return "the server's disk is full; free some space";
  if (state == "25006") return "this server only allows reading; name the one that leads";
  if (state == "42501") return "grant this user CREATE in the schema, or the journal's tables";
  if (state == "42P01") return "there is no journal in it; name another database";
  return "";
}

std::string reason(const pg_conn* connection, const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string why = PQerrorMessage(connection), remedy = remedy_of(state ? state : "");
  return remedy.empty() ? why : one_line(why) + "; " + remedy;
}

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

std::string value_of(const Options& options, std::string_view keyword) {
  for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option)
    if (option->keyword == keyword && option->val) return option->val;
  return {};
}

/// As given, else by the environment or libpq itself.
std::string value_of(const Options& given, const Options& defaults, std::string_view keyword) {
  const std::string value = value_of(given, keyword);
  return value.empty() ? value_of(defaults, keyword) : value;
}

}  // namespace

Address::Address(const std::string& text) : text_(text) {
  char* said = nullptr;
  const Options given(PQconninfoParse(text.c_str(), &said));
  const std::string why = said ? one_line(said) : "";
  PQfreemem(said);
  if (!given)
    throw Error(Error::Code::invalid,
                "a PostgreSQL address as \"host=/run/postgresql dbname=vcsr\" is expected: " + why);
  const Options defaults(PQconndefaults());
  std::string host = value_of(given, defaults, "host");
  if (host.empty()) host = value_of(given, defaults, "hostaddr");
  std::string database = value_of(given, defaults, "dbname");
  if (database.empty()) database = value_of(given, defaults, "user");
  shown_ = "database '" + database + "' at " + (host.empty() ? "the local server" : host) + ":" +
           value_of(given, defaults, "port");
}

std::string binary(std::int64_t number) {
  std::string bytes(8, '\0');
  for (int i = 0; i < 8; ++i)
    bytes[static_cast<std::size_t>(i)] =
        static_cast<char>(static_cast<std::uint64_t>(number) >> (56 - 8 * i));
  return bytes;
}

void Rows::Clear::operator()(pg_result* result) const { PQclear(result); }

Rows::Rows(pg_result* result) : result_(result) {}
Rows::~Rows() = default;

int Rows::size() const { return PQntuples(result_.get()); }

std::int64_t Rows::number(int row, int column) const {
  std::uint64_t number = 0;
  for (const char byte : bytes(row, column)) number = number << 8 | static_cast<std::uint8_t>(byte);
  return static_cast<std::int64_t>(number);
}

std::string_view Rows::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

void Connection::Finish::operator()(pg_conn* connection) const { PQfinish(connection); }

// What the address says itself comes last, and holds.
Connection::Connection(const Address& address, Use use) {
  const std::array<const char*, 10> keywords{"connect_timeout",
                                             "tcp_user_timeout",
                                             "keepalives_idle",
                                             "keepalives_interval",
                                             "keepalives_count",
                                             "client_encoding",
                                             "fallback_application_name",
                                             "target_session_attrs",
                                             "dbname",
                                             nullptr};
  const std::array<const char*, 10> values{"5",
                                           "5000",
                                           "5",
                                           "2",
                                           "3",
                                           "UTF8",
                                           "vcsr",
                                           use == Use::write ? "read-write" : "any",
                                           address.text().c_str(),
                                           nullptr};
  connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
  if (!usable()) fail(PQerrorMessage(connection_.get()));
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
}

Rows Connection::ask(const char* statement, std::span<const Parameter> parameters) {
  std::vector<Oid> types;
  std::vector<const char*> values;
  std::vector<int> lengths, formats(parameters.size(), 1);
  for (const Parameter& parameter : parameters) {
    types.push_back(static_cast<Oid>(parameter.type));
    values.push_back(parameter.bytes.data());
    lengths.push_back(static_cast<int>(parameter.bytes.size()));
  }
  Rows rows(PQexecParams(connection_.get(), statement, static_cast<int>(parameters.size()), types.data(),
                         values.data(), lengths.data(), formats.data(), 1));
  const pg_result* const result = rows.raw();
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(reason(connection_.get(), result));
  return rows;
}

bool Connection::usable() const { return PQstatus(connection_.get()) == CONNECTION_OK; }

int Connection::socket() const { return PQsocket(connection_.get()); }

bool Connection::notified() {
  if (PQconsumeInput(connection_.get()) == 0) fail(PQerrorMessage(connection_.get()));
  bool any = false;
  while (PGnotify* notification = PQnotifies(connection_.get())) {
    PQfreemem(notification);
    any = true;
  }
  return any;
}

}  // namespace vcsr::postgres

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct pg_conn;
struct pg_result;

namespace vcsr::postgres {

/// Where a database is, and how that is told to an operator: without user and password.
class Address {
 public:
  /// Throws Error(invalid) for what libpq cannot read.
  explicit Address(const std::string& text);

  const std::string& text() const { return text_; }
  /// "database 'vcsr' at /run/postgresql:5432"
  const std::string& shown() const { return shown_; }

 private:
  std::string text_, shown_;
};

/// A value in PostgreSQL's binary form; what it refers to outlives the statement.
struct Parameter {
  enum class Type : unsigned {
    text = 25,
    number = 20,
    bytes = 17,
    numbers = 1016,
    texts = 1009,
    all_bytes = 1001
  };
  Type type;
  std::string_view bytes;
};

/// Eight bytes, the highest first.
std::string binary(std::int64_t number);

/// What a statement gave.
class Rows {
 public:
  explicit Rows(pg_result* result);
  Rows(Rows&&) noexcept = default;
  ~Rows();

  int size() const;
  /// Of a column of type bigint.
  std::int64_t number(int row, int column) const;
  /// Of text and of bytea; as long as the rows live.
  std::string_view bytes(int row, int column) const;
  const pg_result* raw() const { return result_.get(); }

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

/// One session with a server, by one thread at a time. Notices, within some seconds, that the server is gone.
class Connection {
 public:
  enum class Use { write, read };  ///< for writing, of several hosts that one is taken which allows it

  /// Throws Error(unavailable).
  Connection(const Address& address, Use use);

  /// One statement, prepared by nobody: poolers may put another session behind each. Throws
  /// Error(unavailable) in words for an operator.
  Rows ask(const char* statement, std::span<const Parameter> parameters = {});

  /// Good for another statement.
  bool usable() const;
  /// For poll().
  int socket() const;
  /// Reads what has come; true when there was a notification. Throws Error(unavailable).
  bool notified();

 private:
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Finish> connection_;
};

}  // namespace vcsr::postgres

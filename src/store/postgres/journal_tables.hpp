// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/journal/journal_backend.hpp"
#include "store/postgres/connection.hpp"

namespace vcsr::postgres {

/// Columns of entries in the binary form of PostgreSQL's arrays, to be filled again and again.
class EntryColumns {
 public:
  EntryColumns();

  void clear();
  void add(const JournalEntry& entry, const std::string& data, int version, const JournalHash& hash);
  /// number, at, version, type, subject, data, hash.
  std::vector<Parameter> parameters() const;

 private:
  struct Column {
    Parameter::Type type;
    std::uint32_t element;  ///< its type's number
    std::string bytes = {};

    void begin();
    void add(std::string_view value);
  };

  std::vector<Column> columns_;
  std::uint32_t rows_ = 0;
};

/// A writer's session: the only one, as long as the server knows of no later epoch.
class WriterSession {
 public:
  /// Takes the journal over: makes the tables where they are missing, and a new epoch. Throws Error:
  /// unavailable, refused when another session has it.
  WriterSession(const Address& address, const std::string& writer);
  /// The same writer on a new connection, after it lost the one before. Throws also when it was replaced.
  WriterSession(const Address& address, const WriterSession& before);

  bool usable() const { return connection_.usable(); }
  std::uint64_t last() const { return last_; }
  const JournalHash& head() const { return head_; }

  /// All of them or, in chunks of some thousands, the first ones; durable when it returns. Those that are
  /// there already stay. Returns the hash of the last. Throws Error(unavailable), refused when it was
  /// replaced.
  JournalHash write(std::span<const JournalEntry> entries, const JournalHash& before, EntryColumns& columns);

 private:
  void require_encoding();
  void make_durable();
  void make_tables();
  void lock();
  void free_lock_of(std::int64_t session);
  std::int64_t epoch();

  Connection connection_;
  std::int64_t session_ = 0;  ///< the server's process
  std::int64_t epoch_ = 0;
  std::uint64_t last_ = 0;
  JournalHash head_{};
  JournalHasher hasher_;
};

/// Where writers hint and followers listen: one channel for each journal of a database.
std::string hint_channel(Connection& connection);

/// The reading side of a journal's table.
class TableReader final : public JournalReader {
 public:
  TableReader(Address address) : address_(std::move(address)) {}

  std::uint64_t last() override;
  std::vector<StoredEntry> read(std::uint64_t first, std::size_t limit) override;

 private:
  Rows ask(const char* statement, std::span<const Parameter> parameters = {});

  const Address address_;
  std::optional<Connection> connection_;
};

}  // namespace vcsr::postgres

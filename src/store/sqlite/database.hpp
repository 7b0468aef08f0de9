// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "vcsr/base/error.hpp"

namespace vcsr::sqlite {

/// A file and what it is to the operator: {"journal", "/var/lib/vcsr/journal.db"}.
struct Store {
  std::string kind;
  std::string path;

  /// "journal '/var/lib/vcsr/journal.db'"
  std::string name() const { return kind + " '" + path + "'"; }
};

enum class Access {
  create,   ///< made when missing
  recover,  ///< must exist: a connection to it failed
  read,     ///< must exist
};

/// Opens the file with WAL and synchronous=FULL. Throws Error(unavailable) that names the store
/// and the remedy.
SQLite::Database open(const Store& store, Access access);

/// Throws Error(unavailable) when the path cannot be a file: a missing folder, or a folder itself.
void require_place(const Store& store);

/// What SQLite reports, in words for an operator.
Error unavailable(const Store& store, const SQLite::Exception& error);

/// Whether the connection is good for another attempt after this error.
bool usable_after(const SQLite::Exception& error);

/// Puts a statement back when it was used, also by an exception.
class Used {
 public:
  explicit Used(SQLite::Statement& statement) : statement_(statement) {}
  ~Used() { statement_.tryReset(); }
  Used(const Used&) = delete;
  Used& operator=(const Used&) = delete;

 private:
  SQLite::Statement& statement_;
};

}  // namespace vcsr::sqlite

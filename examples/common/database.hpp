// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include <vcsr/base/error.hpp>
#include <vcsr/base/worker.hpp>

#include "common/settings.hpp"

/// A business's own SQLite file, read away from the loop. It is opened anew for each question, so that
/// one that was missing or locked may come back.
class Database {
 public:
  /// The file is the setting "database"; when there is none it is made from the SQL script that is the
  /// setting "script", or `script`. With "simulated" it is read on the loop. Throws vcsr::Error.
  Database(vcsr::Loop& loop, const Settings& settings, const std::string& script);

  /// What `query(SQLite::Database&)` returns. Throws vcsr::Error(unavailable), saying why, when the
  /// file is missing, locked or broken.
  template <class Query>
  auto read(Query query) {
    return worker_.run([file = file_, query = std::move(query)] {
      try {
        SQLite::Database database(file, SQLite::OPEN_READONLY, patience_ms);
        return query(database);
      } catch (const SQLite::Exception& error) {
        throw vcsr::Error(vcsr::Error::Code::unavailable, file + ": " + error.what());
      }
    });
  }

 private:
  static constexpr int patience_ms = 200;  // with a file that somebody else has locked

  std::string file_;
  vcsr::Worker worker_;
};

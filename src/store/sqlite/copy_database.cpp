// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/copy_database.hpp"

#include "store/sqlite/database.hpp"

namespace vcsr::sqlite {

void copy_database(const std::string& from, const std::string& to) {
  const Store store{"database", from};
  SQLite::Database database = open(store, Access::read);
  try {
    SQLite::Statement copy(database, "VACUUM INTO ?");
    copy.bind(1, to);
    copy.exec();
  } catch (const SQLite::Exception& error) {
    throw unavailable(store, error);
  }
}

}  // namespace vcsr::sqlite

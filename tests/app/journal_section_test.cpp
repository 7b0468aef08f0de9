// SPDX-License-Identifier: Apache-2.0
#include "app/journal_section.hpp"

#include <doctest/doctest.h>

#include "app/config.hpp"
#include "app/faults_of.hpp"

using namespace vcsr;

TEST_CASE("the journal is in the data folder, or in the database that the configuration names") {
  CHECK(parse_config("", "c.toml", "/c").postgres == "");
  CHECK(parse_config("[journal]\npostgres = \"host=/run/postgresql dbname=bank\"", "c.toml", "/c").postgres ==
        "host=/run/postgresql dbname=bank");
}

TEST_CASE("an address of the journal's database that cannot be, or holds a password, is refused") {
  const std::string password =
      "bank.toml:2: journal.postgres: holds a password; keep it in a file of this user's and name that: "
      "passfile=FILE";

  CHECK(faults_of("[journal]\npostgres = \"host=db password=river\"") == password);
  CHECK(faults_of("[journal]\npostgres = \"postgresql://vcsr:river@db/bank\"") == password);
  CHECK(
      faults_of("[journal]\npostgres = \"hots=db\"")
          .find("bank.toml:2: journal.postgres: a PostgreSQL address as \"host=/run/postgresql dbname=vcsr\" "
                "is expected: ") == 0);
  CHECK(faults_of("[journal]\n").find("journal.postgres: is missing") != std::string::npos);
}

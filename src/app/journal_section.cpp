// SPDX-License-Identifier: Apache-2.0
#include "app/journal_section.hpp"

#include "store/postgres/connection.hpp"

namespace vcsr {

namespace {

/// In an address of either form: "password=…", "postgresql://user:…@host".
bool has_password(const std::string& address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string::npos) return address.find("password") != std::string::npos;
  const std::size_t end = address.find_first_of("/?", scheme + 3);
  const std::string authority = address.substr(scheme + 3, end - scheme - 3);
  const std::size_t at = authority.rfind('@');
  return address.find("password=") != std::string::npos ||
         (at != std::string::npos && authority.substr(0, at).find(':') != std::string::npos);
}

}  // namespace

void read_journal(TomlSection& section, std::string& postgres) {
  section.require("postgres", postgres);
  if (has_password(postgres))
    section.fault("postgres",
                  "holds a password; keep it in a file of this user's and name that: passfile=FILE");
  else if (!postgres.empty()) {
    try {
      const vcsr::postgres::Address address(postgres);
    } catch (const Error& error) {
      section.fault("postgres", error.what());
    }
  }
  section.finish();
}

}  // namespace vcsr

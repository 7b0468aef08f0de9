// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/registrar_file.hpp"

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "drivers/sip/sip_text.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr std::string_view title = "vcsr registrations 1";

std::int64_t seconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string_view take(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\t'), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

[[noreturn]] void cannot_write(const std::string& path) {
  throw Error(Error::Code::unavailable, "SIP: cannot write " + path + ": " +
                                            std::generic_category().message(errno) +
                                            "; see that the folder is there, writable and not full");
}

}  // namespace

void save_registrations(const Registrar& registrar, const std::string& path) {
  const std::string fresh = path + ".new";
  {
    std::ofstream file(fresh, std::ios::trunc);
    file << title << '\n';
    for (const auto& [user, bindings] : registrar.users()) {
      for (const ContactBinding& binding : bindings)
        file << user << '\t' << binding.uri << '\t' << binding.source << '\t' << seconds(binding.expires)
             << '\n';
    }
    if (!file.flush()) cannot_write(fresh);
  }
  if (std::rename(fresh.c_str(), path.c_str()) != 0) cannot_write(path);
}

Registrar load_registrations(const std::string& path, std::size_t most_bindings, WallTime now) {
  Registrar registrar(most_bindings);
  std::ifstream file(path);
  if (!file) return registrar;
  std::string text;
  int line = 0;
  while (std::getline(file, text)) {
    ++line;
    if (line == 1 && text == title) continue;
    std::string_view rest = text;
    const std::string user(take(rest)), uri(take(rest)), source(take(rest));
    std::int64_t expires = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), expires);
    if (line == 1 || user.empty() || !parse_sip_uri(uri) || error != std::errc() ||
        end != rest.data() + rest.size()) {
      throw Error(Error::Code::invalid, Place{path, line, ""},
                  "expected a registration; remove the file, and telephones register anew");
    }
    const WallTime until{std::chrono::duration_cast<WallTime::duration>(std::chrono::seconds(expires))};
    // The connection has gone with the program; the contact says where to make a new one.
    const bool connected = source.find(";transport=") != std::string::npos;
    if (until > now) registrar.bind(user, uri, connected ? "" : source, until);
  }
  return registrar;
}

}  // namespace vcsr::sip

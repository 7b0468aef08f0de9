// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/registrar_file.hpp"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <fcntl.h>

#include "drivers/sip/sip_text.hpp"
#include "media/file.hpp"
#include "media/file_descriptor.hpp"
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

[[noreturn]] void cannot_write(const std::string& path, int error) {
  throw Error(Error::Code::unavailable, "SIP: cannot write " + path + ": " + system_words(error) +
                                            "; see that the folder is there, writable and not full");
}

std::string text_of(const Registrar& registrar) {
  std::string text = std::string(title) + '\n';
  for (const auto& [user, bindings] : registrar.users()) {
    for (const ContactBinding& binding : bindings)
      text += user + '\t' + binding.uri + '\t' + binding.source + '\t' +
              std::to_string(seconds(binding.expires)) + '\n';
  }
  return text;
}

void create(const std::string& path, const std::string& text) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  int error = file ? write_all(file.get(), {bytes, text.size()}) : errno;
  if (error == 0 && ::fsync(file.get()) != 0) error = errno;
  if (error != 0) cannot_write(path, error);
}

}  // namespace

void save_registrations(const Registrar& registrar, const std::string& path) {
  const std::string fresh = path + ".new";
  create(fresh, text_of(registrar));
  if (std::rename(fresh.c_str(), path.c_str()) != 0) cannot_write(path, errno);
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const FileDescriptor open_folder(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC));
  if (!open_folder || ::fsync(open_folder.get()) != 0) cannot_write(path, errno);
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

RegistrarFile::RegistrarFile(Loop& loop, std::string path, Registrar registered, Written written)
    : path_(std::move(path)),
      on_written_(std::move(written)),
      registered_(std::move(registered)),
      worker_(loop) {}

std::uint64_t RegistrarFile::keep(const std::string& user, std::vector<ContactBinding> bindings) {
  bool first = false;
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    first = changed_.empty();
    changed_[user] = std::move(bindings);
    number = ++last_;
  }
  if (first) worker_.submit([this] { write(); });
  return number;
}

std::uint64_t RegistrarFile::written() const {
  const std::lock_guard lock(mutex_);
  return written_;
}

void RegistrarFile::write() {
  std::map<std::string, std::vector<ContactBinding>> changed;
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    changed.swap(changed_);
    number = last_;
  }
  for (auto& [user, bindings] : changed) registered_.restore(user, std::move(bindings));
  std::string why;
  try {
    save_registrations(registered_, path_);
  } catch (const Error& error) {
    why = error.what();
  }
  {
    const std::lock_guard lock(mutex_);
    written_ = number;
  }
  on_written_(why);
}

}  // namespace vcsr::sip

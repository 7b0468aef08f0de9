// SPDX-License-Identifier: Apache-2.0
#include "media/file.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

#include "media/file_descriptor.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

[[noreturn]] void fail(const std::string& path, const char* doing, int error) {
  throw Error(Error::Code::unavailable, path + ": cannot be " + doing + ": " + system_words(error));
}

}  // namespace

std::string system_words(int error) { return std::generic_category().message(error); }

int write_all(int file, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 ? errno : EIO;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return 0;
}

int write_at(int file, std::span<const std::uint8_t> bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 ? errno : EIO;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return 0;
}

std::vector<std::uint8_t> read_file(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file && (errno == ENOENT || errno == ENOTDIR))
    throw Error(Error::Code::not_found, path + ": there is no such file");
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) fail(path, "read", errno);
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(status.st_size));
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t count = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path, "read", errno);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  bytes.resize(size);
  return bytes;
}

void write_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  const int error = file ? write_all(file.get(), bytes) : errno;
  if (error != 0) fail(path, "written", error);
}

void replace_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  std::string part = path + ".XXXXXX";
  const FileDescriptor file(::mkostemp(part.data(), O_CLOEXEC));
  if (!file) fail(path, "written", errno);
  int error = write_all(file.get(), bytes);
  if (error == 0 && (::fdatasync(file.get()) != 0 || ::fchmod(file.get(), 0644) != 0)) error = errno;
  if (error == 0 && ::rename(part.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(part.c_str());
  fail(path, "written", error);
}

void create_folders_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error)
    throw Error(Error::Code::unavailable, folder.string() + ": cannot be created: " + error.message());
}

}  // namespace vcsr

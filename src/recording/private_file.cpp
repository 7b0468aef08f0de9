// SPDX-License-Identifier: Apache-2.0
#include "recording/private_file.hpp"

#include <cerrno>

#include <fcntl.h>

#include "media/file.hpp"
#include "media/file_descriptor.hpp"
#include "recording/digest.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::recording {

void create_private_file(const std::string& path, const Secret& content) {
  create_private_file(path, bytes_of(content.reveal()));
}

void create_private_file(const std::string& path, std::span<const std::uint8_t> content) {
  create_folders_of(path);
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  int error = file ? write_all(file.get(), content) : errno;
  if (error == 0 && ::fsync(file.get()) != 0) error = errno;
  if (error == 0) return;
  if (file) ::unlink(path.c_str());
  throw Error(Error::Code::unavailable, path + ": cannot be made: " + system_words(error));
}

}  // namespace vcsr::recording

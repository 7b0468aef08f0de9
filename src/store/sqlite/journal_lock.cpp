// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/journal_lock.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace vcsr::sqlite {

namespace {

/// What the holder wrote; "another process" when it has not yet.
std::string holder(int file) {
  char text[32] = {};
  const ssize_t length = ::pread(file, text, sizeof text - 1, 0);
  std::string pid(text, length > 0 ? static_cast<std::size_t>(length) : 0);
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  if (pid.empty()) return "another process";
  return pid == std::to_string(::getpid()) ? "this process" : "process " + pid;
}

void name_holder(int file) {
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, pid.data(), pid.size(), 0) < 0) return;
}

}  // namespace

// flock and not fcntl: it also keeps two journals of one process apart. The file is never
// removed, else two processes could lock two files of one name.
JournalLock::JournalLock(const Store& store) {
  const std::string path = store.path + ".lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0)
    throw Error(Error::Code::unavailable,
                store.name() + ": the lock file '" + path + "' cannot be opened: " + std::strerror(errno) +
                    "; give this user read and write permission for it and its folder");
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const std::string who = holder(file_);
    ::close(file_);
    throw Error(Error::Code::refused,
                store.name() + ": " + who + " is writing it; end that one or name another file");
  }
  name_holder(file_);
}

JournalLock::~JournalLock() { ::close(file_); }

}  // namespace vcsr::sqlite

// SPDX-License-Identifier: Apache-2.0
#include "media/program.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
extern "C" {  // which the header of glibc 2.36 forgets
#include <sys/pidfd.h>
}

#include "media/file.hpp"
#include "media/file_descriptor.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::size_t most_output = 64u << 20;

FileDescriptor required(int descriptor, const std::string& program) {
  if (descriptor < 0)
    throw Error(Error::Code::unavailable, program + ": cannot be started: " + system_words(errno));
  return FileDescriptor(descriptor);
}

/// A file without a name: unlike with a pipe, nobody has to feed it, and a program that does not
/// read it raises no signal.
FileDescriptor memory_file(const std::string& program, std::string_view content) {
  FileDescriptor file = required(::memfd_create("vcsr", MFD_CLOEXEC), program);
  const ssize_t count = ::pwrite(file.get(), content.data(), content.size(), 0);
  if (count != static_cast<ssize_t>(content.size())) required(-1, program);
  return file;
}

std::string content_of(const FileDescriptor& file) {
  struct stat status {};
  ::fstat(file.get(), &status);
  std::string text(static_cast<std::size_t>(std::min<off_t>(status.st_size, 4096)), '\0');
  const ssize_t count = ::pread(file.get(), text.data(), text.size(), 0);
  text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

/// What posix_spawn wants to be told, in the shape of its C interface.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }
  void connect(const FileDescriptor& ours, int theirs) {
    posix_spawn_file_actions_adddup2(&actions, ours.get(), theirs);
  }

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

/// A process of ours; one that still runs at the end is killed with its group.
class ChildProcess {
 public:
  ChildProcess(const std::vector<std::string>& command, const SpawnPlan& plan) {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const int error =
        ::posix_spawnp(&pid_, arguments[0], &plan.actions, &plan.attributes, arguments.data(), environ);
    if (error != 0)
      throw Error(Error::Code::unavailable, command[0] + ": cannot be started: " + system_words(error));
    ended_ = FileDescriptor(::pidfd_open(pid_, 0));
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess() {
    if (pid_ == 0) return;
    ::kill(-pid_, SIGKILL);
    wait();
  }

  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  /// Readable once the process has ended.
  int ended() const { return ended_.get(); }

 private:
  pid_t pid_ = 0;
  FileDescriptor ended_;
};

FileDescriptor start_timer(const std::string& program, Duration limit) {
  FileDescriptor timer = required(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC), program);
  itimerspec when{};
  when.it_value.tv_sec = limit.count() / 1'000'000;
  when.it_value.tv_nsec = limit.count() % 1'000'000 * 1000;
  ::timerfd_settime(timer.get(), 0, &when, nullptr);
  return timer;
}

/// All there is to read now.
void drain(const FileDescriptor& pipe, std::vector<std::uint8_t>& output) {
  std::array<std::uint8_t, 65536> part;
  while (output.size() <= most_output) {
    const ssize_t count = ::read(pipe.get(), part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    output.insert(output.end(), part.begin(), part.begin() + count);
  }
}

/// Until the process ends; false when the limit came first.
bool collect(const ChildProcess& child, FileDescriptor& pipe, const FileDescriptor& timer,
             std::vector<std::uint8_t>& output) {
  std::array<pollfd, 3> waits = {
      {{child.ended(), POLLIN, 0}, {timer.get(), POLLIN, 0}, {pipe.get(), POLLIN, 0}}};
  for (;;) {
    if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) return false;
    drain(pipe, output);
    if (waits[0].revents != 0) return true;
    if (waits[1].revents != 0 || output.size() > most_output) return false;
    if ((waits[2].revents & POLLHUP) != 0) waits[2].fd = -1;
  }
}

}  // namespace

ProgramResult run_program(const std::vector<std::string>& command, std::string_view input, Duration limit) {
  const std::string& program = command.front();
  const FileDescriptor text = memory_file(program, input);
  const FileDescriptor complaints = memory_file(program, {});
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) required(-1, program);
  FileDescriptor from_program(ends[0]);
  FileDescriptor to_us(ends[1]);
  ::fcntl(from_program.get(), F_SETFL, O_NONBLOCK);
  const FileDescriptor timer = start_timer(program, limit);

  SpawnPlan plan;
  plan.connect(text, STDIN_FILENO);
  plan.connect(to_us, STDOUT_FILENO);
  plan.connect(complaints, STDERR_FILENO);
  ChildProcess child(command, plan);
  to_us.close();

  ProgramResult result;
  if (!collect(child, from_program, timer, result.output))
    throw Error(Error::Code::timed_out, program + ": did not end within " +
                                            std::to_string(limit.count() / 1000) +
                                            " ms or wrote more than 64 MB, and was killed");
  drain(from_program, result.output);
  result.status = child.wait();
  result.complaints = content_of(complaints);
  return result;
}

}  // namespace vcsr

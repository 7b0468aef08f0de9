// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/server.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/postgres/connection.hpp"

namespace vcsr {

namespace {

namespace fs = std::filesystem;

/// The folder of the newest version's programs; "" where none is installed.
std::string programs() {
  std::string found;
  std::error_code none;
  for (const fs::directory_entry& version : fs::directory_iterator("/usr/lib/postgresql", none))
    if (const std::string bin = (version.path() / "bin").string(); fs::exists(bin + "/initdb") && bin > found)
      found = bin;
  return found;
}

/// PostgreSQL refuses to run as root.
const passwd* its_user() { return ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr; }

void run(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

/// In the new process.
[[noreturn]] void serve(const std::string& program, const std::string& folder, int log) {
  if (const passwd* user = its_user())
    if (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0)
      ::_exit(1);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  ::dup2(log, STDERR_FILENO);
  ::execl(program.c_str(), "postgres", "-D", (folder + "/data").c_str(), "-k", folder.c_str(), "-h", "", "-c",
          "log_min_messages=log", "-c", "fsync=off", nullptr);
  ::_exit(1);
}

}  // namespace

PostgresServer* PostgresServer::get() {
  static const std::unique_ptr<PostgresServer> server(programs().empty() ? nullptr
                                                                         : new PostgresServer(programs()));
  if (!server) std::puts("skipped: PostgreSQL is not installed (Debian: postgresql)");
  return server.get();
}

PostgresServer::PostgresServer(std::string programs) : programs_(std::move(programs)) {
  std::string name = (fs::temp_directory_path() / "vcsr-postgres-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder can be made");
  folder_ = name;
  const passwd* user = its_user();
  if (user && ::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0)
    throw std::runtime_error("the folder cannot be given to postgres");
  run("cd " + folder_ + " && " + (user ? "runuser -u postgres -- " : "") + programs_ + "/initdb -D " +
      folder_ + "/data -U vcsr -A trust -E UTF8 --locale=C.UTF-8 --no-sync > " + folder_ +
      "/initdb.log 2>&1");
  start();
}

PostgresServer::~PostgresServer() {
  stop();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void PostgresServer::start() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  process_ = ::fork();
  if (process_ == 0) serve(programs_ + "/postgres", folder_, ends[1]);
  ::close(ends[1]);
  std::string log;
  std::array<char, 4096> some{};
  while (log.find("ready to accept connections") == std::string::npos) {
    const ssize_t length = ::read(ends[0], some.data(), some.size());
    if (length <= 0) throw std::runtime_error("PostgreSQL did not start: " + log);
    log.append(some.data(), static_cast<std::size_t>(length));
  }
  // What it says later nobody reads; it must not stop for that.
  ::fcntl(ends[0], F_SETPIPE_SZ, 1 << 20);
}

void PostgresServer::stop() {
  if (process_ == 0) return;
  ::kill(process_, SIGQUIT);
  ::waitpid(process_, nullptr, 0);
  process_ = 0;
}

std::string PostgresServer::fresh_address() {
  const std::string server = "host=" + folder_ + " user=vcsr dbname=postgres",
                    schema = "s" + std::to_string(++schemas_);
  postgres::Connection(postgres::Address(server), postgres::Connection::Use::write)
      .ask(("CREATE SCHEMA " + schema).c_str());
  return server + " options='-c search_path=" + schema + "'";
}

}  // namespace vcsr

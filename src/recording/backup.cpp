// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recording/backup.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>

#include "media/file.hpp"
#include "recording/backup_round.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

using recording::Act;
using recording::BackupFailure;
using recording::BackupList;
using recording::BackupRound;
using recording::BackupStore;
using recording::Vault;

namespace {

constexpr Duration shortest_pause = std::chrono::seconds(10);
constexpr Duration longest_pause = std::chrono::hours(1);

/// Ten seconds, twenty, forty, up to an hour, and up to a quarter more: many centers may wait for one store.
Duration pause_after(int failures, std::uint64_t chance) {
  const Duration pause = std::min(shortest_pause * (1 << std::min(failures - 1, 10)), longest_pause);
  return pause + Duration(static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(pause.count() / 4)));
}

/// Only one program copies at a time: an older picture of the ledger must not follow a newer one.
class CopyLock {
 public:
  explicit CopyLock(const std::string& folder) {
    const std::string path = folder + "/backup.lock";
    file_ = FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
    if (!file_) throw Error(Error::Code::unavailable, path + ": cannot be made: " + system_words(errno));
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0)
      throw Error(Error::Code::refused, "another program copies the recordings of " + folder + " just now");
  }

 private:
  FileDescriptor file_;
};

}  // namespace

class RecordingBackup::Impl {
 public:
  Impl(Loop& on, ArchiveOptions archive, BackupOptions asked)
      : loop(on),
        options(std::move(asked)),
        target(recording::target_of(options)),
        log(archive.log.component("backup")),
        vault(std::move(archive)),
        list(vault.options().folder, target),
        store(recording::make_backup_store(options, stop)),
        round(vault, list, *store, target, options.read_back),
        known(list.status()),
        worker(on, vault.options().worker) {}
  ~Impl() {
    if (timer) loop.cancel(*timer);
    stop = true;
  }

  /// On the worker's thread.
  BackupStatus copy(WallTime at) {
    const CopyLock lock(vault.options().folder);
    std::string why;
    try {
      round.run(at, stop);
    } catch (const Error& error) {
      why = error.what();
    }
    BackupStatus status = list.status();
    if (!why.empty()) status.trouble = why;
    return status;
  }

  Task<BackupStatus> run() {
    Task<BackupStatus> copying = worker.run([this, at = loop.wall_time()] { return copy(at); });
    const BackupStatus status = co_await std::move(copying);
    learn(status);
    co_return status;
  }

  void learn(const BackupStatus& status) {
    const bool failed = !status.trouble.empty(), failing = failures > 0;
    known = status;
    failures = failed ? failures + 1 : 0;
    if (failed == failing) return;
    if (failed)
      log.error("recordings cannot be copied", {{"why", status.trouble}, {"waiting", status.waiting}});
    else log.info("recordings are copied", {{"to", status.target}, {"copied", status.copied}});
    if (!journal) return;
    journal->append(events::recording_backup, "",
                    {{"state", failed ? "failing" : "well"},
                     {"target", status.target},
                     {"why", status.trouble},
                     {"copied", status.copied},
                     {"waiting", status.waiting}});
  }

  Task<> copy_once() {
    try {
      Task<BackupStatus> running = run();
      co_await std::move(running);
    } catch (const Error& error) {
      log.info("nothing is copied just now", {{"why", error.what()}});
    }
    later(failures > 0 ? pause_after(failures, loop.random()) : options.every);
  }

  void later(Duration pause) {
    timer = loop.at(loop.now() + pause, [this] {
      timer.reset();
      copying = copy_once();
      copying->start();
    });
  }

  Loop& loop;
  const BackupOptions options;
  const std::string target;
  const Log log;
  std::atomic<bool> stop = false;
  Vault vault;  ///< this and the next three are the worker's after the constructor
  BackupList list;
  std::unique_ptr<BackupStore> store;
  BackupRound round;
  BackupStatus known;
  int failures = 0;
  Journal* journal = nullptr;
  std::optional<Loop::TimerId> timer;
  std::optional<Task<>> copying;
  Worker worker;
};

RecordingBackup::RecordingBackup(Loop& loop, ArchiveOptions archive, BackupOptions options)
    : impl_(std::make_unique<Impl>(loop, std::move(archive), std::move(options))) {}
RecordingBackup::~RecordingBackup() = default;

void RecordingBackup::start(Journal& journal) {
  impl_->journal = &journal;
  impl_->later(Duration::zero());
}

Task<BackupStatus> RecordingBackup::run() { return impl_->run(); }

Task<BackupStatus> RecordingBackup::status() {
  return impl_->worker.run([impl = impl_.get()] { return impl->list.status(); });
}

const BackupStatus& RecordingBackup::last_status() const { return impl_->known; }

Task<> RecordingBackup::recover(std::string id, std::string by) {
  const Act act{.at = impl_->loop.wall_time(), .by = std::move(by)};
  return impl_->worker.run([impl = impl_.get(), id = std::move(id), act] { impl->round.recover(id, act); });
}

}  // namespace vcsr

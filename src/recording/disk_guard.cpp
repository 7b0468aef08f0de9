// SPDX-License-Identifier: Apache-2.0
#include "recording/disk_guard.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <sys/statvfs.h>

#include "vcsr/base/error.hpp"

namespace vcsr {

const char* to_string(DiskSpace space) noexcept {
  switch (space) {
    case DiskSpace::plenty: return "plenty";
    case DiskSpace::low: return "low";
    case DiskSpace::scarce: return "scarce";
    case DiskSpace::critical: return "critical";
  }
  return "";
}

}  // namespace vcsr

namespace vcsr::recording {

namespace {

constexpr Duration look_again = std::chrono::seconds(5);

/// All there is where the system cannot tell: a recording is not refused for that.
std::uint64_t free_bytes(const std::string& folder) {
  struct statvfs status {};
  if (::statvfs(folder.c_str(), &status) != 0) return std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

class GuardedMaker final : public RecordingMaker {
 public:
  GuardedMaker(std::shared_ptr<RecordingMaker> inner, DiskGuard& guard)
      : inner_(std::move(inner)), guard_(guard) {}

  std::shared_ptr<WavRecording> open(const std::string& path, RecordingOptions options) override {
    const std::string refusal = guard_.refusal(options.rule);
    if (!refusal.empty()) throw Error(Error::Code::refused, path + ": is not recorded: " + refusal);
    return inner_->open(path, std::move(options));
  }

 private:
  std::shared_ptr<RecordingMaker> inner_;
  DiskGuard& guard_;
};

}  // namespace

DiskGuard::DiskGuard(Loop& loop, Worker& worker, const ArchiveOptions& options)
    : loop_(loop),
      worker_(worker),
      folder_(options.folder),
      limits_(options.disk),
      log_(options.log.component("archive")),
      looked_(loop.now()),
      free_(measure()) {}

std::uint64_t DiskGuard::measure() const {
  return limits_.free ? limits_.free(folder_) : free_bytes(folder_);
}

// A disk that hangs keeps the worker, and not the calls.
DiskSpace DiskGuard::look() {
  if (loop_.now() >= looked_ + look_again && !looking_.exchange(true)) {
    looked_ = loop_.now();
    worker_.submit([this] {
      free_ = measure();
      looking_ = false;
    });
  }
  const std::uint64_t free = free_;
  const DiskSpace before = level_;
  level_ = free < limits_.stop     ? DiskSpace::critical
           : free < limits_.refuse ? DiskSpace::scarce
           : free < limits_.warn   ? DiskSpace::low
                                   : DiskSpace::plenty;
  if (level_ == before) return level_;
  if (level_ == DiskSpace::plenty) log_.info("recordings have space again", {{"space", space()}});
  else log_.warning("recordings run out of space", {{"space", space()}});
  return level_;
}

std::string DiskGuard::space() const {
  return "the disk of " + folder_ + " has " + std::to_string(free_ >> 20) + " MB left";
}

std::string DiskGuard::trouble() {
  switch (look()) {
    case DiskSpace::plenty: return "";
    case DiskSpace::low:
      return space() + ": recordings that can be done without are not made; free some space";
    case DiskSpace::scarce: return space() + ": nothing is recorded; free some space";
    case DiskSpace::critical:
      return space() + ": nothing is recorded, and running recordings end; free some space";
  }
  return "";
}

std::string DiskGuard::refusal(const std::string& rule) {
  const DiskSpace level = look();
  const auto& dispensable = limits_.dispensable;
  const bool refused = level >= DiskSpace::scarce ||
                       (level == DiskSpace::low &&
                        std::find(dispensable.begin(), dispensable.end(), rule) != dispensable.end());
  return refused ? trouble() : "";
}

std::shared_ptr<RecordingMaker> guarded(std::shared_ptr<RecordingMaker> inner, DiskGuard& guard) {
  return std::make_shared<GuardedMaker>(std::move(inner), guard);
}

}  // namespace vcsr::recording

// SPDX-License-Identifier: Apache-2.0
#include "recording/disk_guard.hpp"

#include <future>
#include <optional>

#include <doctest/doctest.h>

#include "temporary_archive.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/sim/sim_loop.hpp"

using namespace vcsr;
using namespace vcsr::recording;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t megabyte = 1 << 20;

struct Disk {
  ArchiveOptions options() {
    return {.folder = "/recordings",
            .disk = {.warn = 1000 * megabyte,
                     .refuse = 100 * megabyte,
                     .stop = 50 * megabyte,
                     .dispensable = {"training"},
                     .free = [this](const std::string&) {
                       ++looks;
                       return free;
                     }}};
  }
  std::uint64_t free = 5000 * megabyte;
  int looks = 0;
  SimLoop loop;
};

}  // namespace

TEST_CASE("recordings that can be done without are refused first, then all") {
  Disk disk;
  Worker worker(disk.loop, Worker::Mode::on_loop);
  DiskGuard guard(disk.loop, worker, disk.options());
  CHECK(guard.trouble().empty());
  CHECK(guard.refusal("training").empty());

  disk.free = 900 * megabyte;
  disk.loop.run_for(5s);
  CHECK(guard.refusal("").empty());
  CHECK(
      guard.refusal("training") ==
      "the disk of /recordings has 900 MB left: recordings that can be done without are not made; free some "
      "space");

  disk.free = 99 * megabyte;
  disk.loop.run_for(5s);
  CHECK(guard.refusal("") == "the disk of /recordings has 99 MB left: nothing is recorded; free some space");

  CHECK(guard.look() == DiskSpace::scarce);

  disk.free = 49 * megabyte;
  disk.loop.run_for(5s);
  CHECK(guard.look() == DiskSpace::critical);
  CHECK(guard.refusal("") ==
        "the disk of /recordings has 49 MB left: nothing is recorded, and running recordings end; free some "
        "space");

  disk.free = 2000 * megabyte;
  disk.loop.run_for(5s);
  CHECK(guard.refusal("training").empty());
}

TEST_CASE("the disk is looked at every five seconds at most") {
  Disk disk;
  Worker worker(disk.loop, Worker::Mode::on_loop);
  DiskGuard guard(disk.loop, worker, disk.options());

  for (int i = 0; i < 1000; ++i) guard.refusal("");
  CHECK(disk.looks == 1);
  disk.loop.run_for(4s);
  guard.refusal("");
  CHECK(disk.looks == 1);
  disk.loop.run_for(1s);
  guard.refusal("");
  CHECK(disk.looks == 2);
}

TEST_CASE("a disk that hangs holds up nobody who asks how it is") {
  SimLoop loop;
  std::promise<void> well;
  int looks = 0;
  ArchiveOptions options{.folder = "/recordings", .disk = {.stop = 50 * megabyte}};
  options.disk.free = [&, hangs = well.get_future().share()](const std::string&) {
    if (++looks > 1 && hangs.wait_for(10s) == std::future_status::ready) return 1 * megabyte;
    return 5000 * megabyte;
  };
  std::optional<Worker> worker(std::in_place, loop);
  DiskGuard guard(loop, *worker, options);
  loop.run_for(5s);

  CHECK(guard.look() == DiskSpace::plenty);
  CHECK(guard.look() == DiskSpace::plenty);
  well.set_value();
  worker.reset();

  CHECK(guard.look() == DiskSpace::critical);
  CHECK(looks == 2);
}

TEST_CASE("a recording that the disk has no space for is refused with a reason") {
  const TemporaryArchive folder;
  Disk disk;
  disk.free = 10 * megabyte;
  ArchiveOptions options = disk.options();
  options.folder = folder.folder;
  options.worker = Worker::Mode::on_loop;
  Archive archive(disk.loop, options);

  CHECK_THROWS_WITH_AS(archive.maker()->open(folder / "a.wav"),
                       doctest::Contains("a.wav: is not recorded: the disk of "), Error);
  CHECK_FALSE(std::filesystem::exists(folder / "a.wav"));
  CHECK(archive.trouble().find("nothing is recorded") != std::string::npos);

  disk.free = 9000 * megabyte;
  disk.loop.run_for(5s);
  CHECK(archive.maker()->open(folder / "a.wav"));
  CHECK(archive.trouble().empty());
}

// SPDX-License-Identifier: Apache-2.0
#include "media/recording/recording_queue.hpp"

#include <csignal>
#include <deque>

#include <doctest/doctest.h>
#include <sys/resource.h>

#include "media/recording/recording_frames.hpp"
#include "temporary_folder.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/wav.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

/// Files of this process cannot grow beyond a size, as on a full disk, until there is space again.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    signal_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() { make_space(); }
  void make_space() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_);
  }

 private:
  rlimit before_{};
  void (*signal_)(int);
};

/// What the log says; waits for a line.
class Lines {
 public:
  Log log(const Loop& loop) {
    LogOptions options;
    options.sink = [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      lines_.emplace_back(line);
      came_.notify_all();
    };
    return Log(loop, std::move(options));
  }
  bool wait_for(const std::string& part) {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, 60s, [&] { return count_of(part) != 0; });
  }
  std::size_t count(const std::string& part) {
    const std::lock_guard lock(mutex_);
    return count_of(part);
  }

 private:
  std::size_t count_of(const std::string& part) const {
    std::size_t count = 0;
    for (const std::string& line : lines_)
      if (line.find(part) != std::string::npos) ++count;
    return count;
  }
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<std::string> lines_;
};

constexpr std::size_t frame_bytes = 2 * frame_samples;
const std::string cannot = "recordings cannot be written";

}  // namespace

TEST_CASE("nothing is lost when the disk is full for a while") {
  const TemporaryFolder folder;
  AsioLoop loop;
  Lines lines;
  RecordingWriter writer(loop, {.block = 20ms, .backlog_bytes = 100 * frame_bytes, .log = lines.log(loop)});
  const auto first = writer.open(folder / "1.wav");
  const auto second = writer.open(folder / "2.wav");
  FullDisk disk(58 + 10 * frame_bytes);

  for (int i = 0; i < 30; ++i) {
    feed(*first, 1, static_cast<std::uint8_t>(i));
    feed(*second, 1, static_cast<std::uint8_t>(i));
  }
  REQUIRE(lines.wait_for(cannot));
  CHECK(lines.count(cannot) == 1);
  disk.make_space();
  REQUIRE(lines.wait_for("recordings are written again"));
  const RecordingResult one = finished(loop, *first);
  const RecordingResult two = finished(loop, *second);

  for (const RecordingResult& result : {one, two}) {
    CHECK(result.length == 600ms);
    CHECK(result.lost == 0s);
    CHECK(result.error.empty());
    const std::vector<std::int16_t> left = read_wav(result.file).channel(0);
    for (std::size_t i = 0; i < 30; ++i)
      CHECK(left[i * frame_samples] == decode(Codec::pcma, static_cast<std::uint8_t>(i)));
  }
}

TEST_CASE("beyond the backlog the oldest audio is lost, counted, and the reason kept") {
  const TemporaryFolder folder;
  AsioLoop loop;
  Lines lines;
  RecordingWriter writer(loop, {.block = 20ms, .backlog_bytes = 10 * frame_bytes, .log = lines.log(loop)});
  const auto recording = writer.open(folder / "a.wav");
  FullDisk disk(58 + 5 * frame_bytes);

  feed(*recording, 5, 0x01);
  feed(*recording, 1, 0x02);
  REQUIRE(lines.wait_for(cannot));
  feed(*recording, 94, 0x02);
  feed(*recording, 5, 0x03);
  disk.make_space();
  REQUIRE(lines.wait_for("recordings are written again"));
  const RecordingResult result = finished(loop, *recording);

  CHECK(result.lost >= 1700ms);
  CHECK(result.length + result.lost == 105 * 20ms);
  CHECK(result.error == "File too large");
  const WavAudio audio = read_wav(result.file);
  CHECK(audio.duration() == result.length);
  CHECK(audio.samples.front() == decode(Codec::pcma, 0x01));
  CHECK(audio.channel(0).back() == decode(Codec::pcma, 0x03));
}

TEST_CASE("a file that cannot be written does not keep others from being written") {
  const TemporaryFolder folder;
  AsioLoop loop;
  Lines lines;
  RecordingWriter writer(loop, {.block = 20ms, .backlog_bytes = 200 * frame_bytes, .log = lines.log(loop)});
  const auto large = writer.open(folder / "large.wav");
  const auto small = writer.open(folder / "small.wav");
  FullDisk disk(58 + 20 * frame_bytes);

  feed(*large, 50);
  REQUIRE(lines.wait_for(cannot));
  feed(*small, 10);
  const RecordingResult result = finished(loop, *small);

  CHECK(result.length == 200ms);
  CHECK(read_wav(folder / "large.wav").duration() >= 400ms);
  disk.make_space();
  CHECK(finished(loop, *large).length == 1s);
}

TEST_CASE("a writer that ends on a full disk gives up what it cannot write, and the file is playable") {
  const TemporaryFolder folder;
  AsioLoop loop;
  Lines lines;
  {
    const FullDisk disk(58 + 10 * frame_bytes);
    RecordingWriter writer(loop, {.block = 20ms, .backlog_bytes = 100 * frame_bytes, .log = lines.log(loop)});
    auto recording = writer.open(folder / "a.wav");
    feed(*recording, 30);
    REQUIRE(lines.wait_for(cannot));
    recording.reset();
  }

  CHECK(read_wav(folder / "a.wav").duration() == 200ms);
}

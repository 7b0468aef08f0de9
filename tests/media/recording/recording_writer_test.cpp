// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/recording_writer.hpp"

#include <csignal>
#include <thread>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/recording/recording_frames.hpp"
#include "temporary_folder.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/wav.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

using Samples = std::vector<std::int16_t>;

Samples constant(std::size_t frames, Codec codec, std::uint8_t byte) {
  return Samples(frames * frame_samples, decode(codec, byte));
}

Samples operator+(Samples a, const Samples& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::uintmax_t size_of(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? static_cast<std::uintmax_t>(status.st_size) : 0;
}

}  // namespace

TEST_CASE("a recording holds what the party said on the left and heard on the right") {
  const TemporaryFolder folder;
  AsioLoop loop;
  RecordingWriter writer(loop);
  for (const Codec codec : {Codec::pcma, Codec::pcmu}) {
    const std::string path = folder / (codec == Codec::pcma ? "a/b/pcma.wav" : "a/b/pcmu.wav");
    const auto recording = writer.open(path);

    feed(*recording, 120, 0x11, 0x22, codec);
    const RecordingResult result = finished(loop, *recording);

    CHECK(result.file == path);
    CHECK(result.length == 2400ms);
    CHECK(result.paused == 0s);
    CHECK(result.lost == 0s);
    CHECK(result.error.empty());
    const WavAudio audio = read_wav(path);
    CHECK(audio.rate == 8000);
    CHECK(audio.channel(0) == constant(120, codec, 0x11));
    CHECK(audio.channel(1) == constant(120, codec, 0x22));
  }
}

TEST_CASE("a recording of nothing is a file of nothing") {
  const TemporaryFolder folder;
  AsioLoop loop;
  RecordingWriter writer(loop);
  const auto recording = writer.open(folder / "a.wav");

  const RecordingResult result = finished(loop, *recording);

  CHECK(result.length == 0s);
  CHECK(read_wav(folder / "a.wav").channels == 2);
  CHECK(read_wav(folder / "a.wav").samples.empty());
}

TEST_CASE("a pause is silence of the same length") {
  const TemporaryFolder folder;
  AsioLoop loop;
  RecordingWriter writer(loop);
  const auto recording = writer.open(folder / "a.wav");

  feed(*recording, 10);
  recording->pause();
  feed(*recording, 60);
  recording->resume();
  feed(*recording, 10);
  const RecordingResult result = finished(loop, *recording);

  CHECK(result.length == 1600ms);
  CHECK(result.paused == 1200ms);
  const Samples silence = constant(60, Codec::pcma, silence_of(Codec::pcma));
  CHECK(read_wav(folder / "a.wav").channel(0) ==
        constant(10, Codec::pcma, 0x11) + silence + constant(10, Codec::pcma, 0x11));
  CHECK(read_wav(folder / "a.wav").channel(1) ==
        constant(10, Codec::pcma, 0x22) + silence + constant(10, Codec::pcma, 0x22));
}

TEST_CASE("a recording that begins paused still learns its law") {
  const TemporaryFolder folder;
  AsioLoop loop;
  RecordingWriter writer(loop);
  const auto recording = writer.open(folder / "a.wav");

  recording->pause();
  feed(*recording, 1, 0x11, 0x22, Codec::pcmu);
  recording->resume();
  feed(*recording, 1, 0x11, 0x22, Codec::pcmu);
  finished(loop, *recording);

  CHECK(read_wav(folder / "a.wav").channel(0) ==
        constant(1, Codec::pcmu, 0xff) + constant(1, Codec::pcmu, 0x11));
}

TEST_CASE("a law that changes during the call is brought to the file's") {
  const TemporaryFolder folder;
  AsioLoop loop;
  RecordingWriter writer(loop);
  const auto recording = writer.open(folder / "a.wav");

  feed(*recording, 1, 0x11, 0x22, Codec::pcma);
  feed(*recording, 1, 0x33, 0x44, Codec::pcmu);
  finished(loop, *recording);

  const std::array<std::uint8_t, 2> mu = {0x33, 0x44};
  std::array<std::uint8_t, 2> a;
  transcode(Codec::pcmu, Codec::pcma, mu, a);
  const WavAudio audio = read_wav(folder / "a.wav");
  CHECK(audio.channel(0) == constant(1, Codec::pcma, 0x11) + constant(1, Codec::pcma, a[0]));
  CHECK(audio.channel(1) == constant(1, Codec::pcma, 0x22) + constant(1, Codec::pcma, a[1]));
}

TEST_CASE("a recording that is dropped is written and closed all the same") {
  const TemporaryFolder folder;
  AsioLoop loop;
  {
    RecordingWriter writer(loop);
    feed(*writer.open(folder / "a.wav"), 75);
    Task<RecordingResult> unheard = writer.open(folder / "b.wav")->finish();
  }

  CHECK(read_wav(folder / "a.wav").duration() == 1500ms);
  CHECK(read_wav(folder / "b.wav").samples.empty());
}

TEST_CASE("a recording whose file cannot be made says why, on the loop and at its end") {
  const TemporaryFolder folder;
  folder.write("file", "");
  folder.write("there.wav", "somebody's");
  AsioLoop loop;
  RecordingWriter writer(loop);
  const auto fault = [&](const std::string& path) {
    std::vector<std::string> told;
    const auto recording =
        writer.open(path, {.on_failed = [&](const std::string& why) { told.push_back(why); }});
    feed(*recording, 130);
    const RecordingResult result = finished(loop, *recording);
    CHECK(told == std::vector<std::string>{result.error});
    CHECK(result.file.empty());
    CHECK(result.length == 0s);
    CHECK(result.lost == 2600ms);
    return result.error;
  };

  CHECK(fault(folder / "file/a.wav").find((folder / "file") + ": cannot be created: ") == 0);
  CHECK(fault(folder / "there.wav") == (folder / "there.wav") + ": cannot be recorded to: File exists");
  CHECK(size_of(folder / "there.wav") == 10);
}

TEST_CASE("a recording whose file cannot be made keeps no other from being written") {
  const TemporaryFolder folder;
  AsioLoop loop;
  RecordingWriter writer(loop, {.block = 20ms});
  const auto lost = writer.open("/dev/null/a.wav");
  const auto kept = writer.open(folder / "b.wav");

  feed(*lost, 20);
  feed(*kept, 20);

  CHECK(finished(loop, *lost).lost == 400ms);
  CHECK(finished(loop, *kept).length == 400ms);
  CHECK(read_wav(folder / "b.wav").duration() == 400ms);
}

TEST_CASE("neither file nor folder is made on the loop's thread, and all before their audio") {
  class Sink final : public RecordingSink {
   public:
    explicit Sink(std::vector<std::thread::id>& threads) : threads_(threads) {
      threads_.push_back(std::this_thread::get_id());
    }
    int append(Codec, std::span<const std::uint8_t>) override {
      threads_.push_back(std::this_thread::get_id());
      return 0;
    }
    void close() override { threads_.push_back(std::this_thread::get_id()); }

   private:
    std::vector<std::thread::id>& threads_;
  };
  AsioLoop loop;
  std::vector<std::thread::id> threads;
  {
    RecordingWriter writer(loop, {.block = 20ms, .make_sink = [&](const std::string&) {
                                    return std::make_unique<Sink>(threads);
                                  }});
    const auto recording = writer.open("a.wav");
    feed(*recording, 2);
    finished(loop, *recording);
  }

  REQUIRE(threads.size() == 4);
  for (const std::thread::id thread : threads) CHECK(thread == threads[0]);
  CHECK(threads[0] != std::this_thread::get_id());
}

TEST_CASE("a file is complete after every block, even if the process is killed") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.wav";
  const std::size_t two_blocks = 58 + 2 * 16000;
  int pipe_ends[2];
  REQUIRE(pipe(pipe_ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    AsioLoop loop;
    RecordingWriter writer(loop);
    const auto recording = writer.open(path);
    feed(*recording, 130);
    while (size_of(path) < two_blocks) std::this_thread::yield();
    // The header follows its block; the third block is never full.
    while (read_wav(path).duration() < 2s) std::this_thread::yield();
    [[maybe_unused]] const ssize_t told = write(pipe_ends[1], "x", 1);
    for (;;) pause();
  }
  close(pipe_ends[1]);
  char byte = 0;
  REQUIRE(read(pipe_ends[0], &byte, 1) == 1);
  close(pipe_ends[0]);

  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);

  const WavAudio audio = read_wav(path);
  CHECK(audio.duration() == 2s);
  CHECK(audio.channel(0) == constant(100, Codec::pcma, 0x11));
}

TEST_CASE("a thousand recordings at once are all whole") {
  const TemporaryFolder folder;
  AsioLoop loop;
  RecordingWriter writer(loop, {.block = 200ms, .backlog_bytes = 64u << 20, .log = {}});
  std::vector<std::shared_ptr<WavRecording>> recordings;
  for (int i = 0; i < 1000; ++i) recordings.push_back(writer.open(folder / (std::to_string(i) + ".wav")));

  std::thread media([&] {
    for (int frame = 0; frame < 25; ++frame)
      for (const auto& recording : recordings) feed(*recording, 1, static_cast<std::uint8_t>(frame), 0x22);
  });
  media.join();

  for (int i = 0; i < 1000; ++i)
    CHECK(finished(loop, *recordings[static_cast<std::size_t>(i)]).length == 500ms);
  for (const int i : {0, 500, 999}) {
    const Samples left = read_wav(folder / (std::to_string(i) + ".wav")).channel(0);
    for (std::size_t frame = 0; frame < 25; ++frame)
      CHECK(left[frame * frame_samples] == decode(Codec::pcma, static_cast<std::uint8_t>(frame)));
  }
}

TEST_CASE("pausing from the loop while the media thread records is safe") {
  const TemporaryFolder folder;
  AsioLoop loop;
  RecordingWriter writer(loop);
  const auto recording = writer.open(folder / "a.wav");

  std::thread media([&] { feed(*recording, 500); });
  for (int i = 0; i < 100; ++i) {
    recording->pause();
    recording->resume();
  }
  media.join();

  CHECK(finished(loop, *recording).length == 10s);
}

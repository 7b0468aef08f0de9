// SPDX-License-Identifier: Apache-2.0
#include "recording/sealed_file.hpp"

#include <csignal>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "recording/left_over.hpp"
#include "temporary_archive.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::recording;
using namespace std::chrono_literals;

namespace {

struct Sealed : TemporaryArchive {
  Sealed() { write("master", std::string(64, '1')); }
  MasterKeys keys() const { return MasterKeys(*this / "master", {}); }
  WavAudio audio(const std::string& name) const {
    const std::vector<std::uint8_t> bytes = read_recording(*this / name, keys());
    write("out.wav", {bytes.begin(), bytes.end()});
    return read_wav(*this / "out.wav");
  }
  std::string wav = *this / "c1.wav";
  std::vector<std::uint8_t> second = std::vector<std::uint8_t>(16000, 0x55);
};

std::size_t frame_size(std::size_t content) { return 5 + 12 + content + 16; }

}  // namespace

TEST_CASE("a sealed recording sounds like a plain one, and shows nothing of it") {
  const Sealed sealed;
  SealedFile file(sealed.wav, sealed.keys());
  for (int i = 0; i < 3; ++i) CHECK(file.append(Codec::pcmu, sealed.second) == 0);
  file.close();

  const WavAudio audio = sealed.audio("c1.wav.sealed");
  CHECK(audio.duration() == 3s);
  CHECK(audio.channels == 2);
  CHECK(sealed.text("c1.wav.sealed").size() == 24 + 3 * frame_size(16000));
  CHECK(sealed.text("c1.wav.sealed").find(std::string(32, 0x55)) == std::string::npos);
  CHECK_FALSE(std::filesystem::exists(sealed.wav));
  CHECK(close_left_over(sealed / "c1.wav.sealed") == 3s);
}

TEST_CASE("a torn frame is cut off, the whole ones open") {
  const Sealed sealed;
  SealedFile file(sealed.wav, sealed.keys());
  file.append(Codec::pcma, sealed.second);
  file.append(Codec::pcma, sealed.second);
  file.close();
  const std::string whole = sealed.text("c1.wav.sealed");
  for (const std::size_t cut : {std::size_t{1}, std::size_t{15}, std::size_t{8000}, frame_size(16000) - 1}) {
    sealed.write("c1.wav.sealed", whole.substr(0, whole.size() - cut));

    CHECK(close_left_over(sealed / "c1.wav.sealed") == 1s);
    CHECK(sealed.audio("c1.wav.sealed").duration() == 1s);
    CHECK(sealed.text("c1.wav.sealed").size() == 24 + frame_size(16000));
  }
}

TEST_CASE("a program killed while it records leaves what it had written") {
  const Sealed sealed;
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    SealedFile file(sealed.wav, sealed.keys());
    for (int i = 0; i < 2; ++i) file.append(Codec::pcma, sealed.second);
    [[maybe_unused]] const ssize_t told = write(ends[1], "x", 1);
    for (;;) pause();
  }
  close(ends[1]);
  char byte = 0;
  REQUIRE(read(ends[0], &byte, 1) == 1);
  close(ends[0]);
  CHECK_THROWS_WITH_AS(close_left_over(sealed / "c1.wav.sealed"), doctest::Contains("is still written"),
                       Error);

  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);

  CHECK(close_left_over(sealed / "c1.wav.sealed") == 2s);
  CHECK(sealed.audio("c1.wav.sealed").duration() == 2s);
}

TEST_CASE("frames that were flipped or changed places do not open") {
  const Sealed sealed;
  SealedFile file(sealed.wav, sealed.keys());
  for (const std::uint8_t byte : {1, 2, 3}) {
    const std::vector<std::uint8_t> block(100, byte);
    file.append(Codec::pcma, block);
  }
  file.close();
  const std::string whole = sealed.text("c1.wav.sealed");
  const std::size_t size = frame_size(100);

  sealed.flip("c1.wav.sealed", 24 + size + 40);
  CHECK_THROWS_WITH_AS(sealed.audio("c1.wav.sealed"),
                       (sealed / "c1.wav.sealed: frame 2 is not what was recorded").c_str(), Error);
  sealed.write("c1.wav.sealed", whole.substr(0, 24) + whole.substr(24 + size, size) + whole.substr(24, size));
  CHECK_THROWS_WITH_AS(sealed.audio("c1.wav.sealed"), doctest::Contains("frame 1 is not what was recorded"),
                       Error);
  sealed.write("c1.wav.sealed", "RIFF");
  CHECK_THROWS_WITH_AS(sealed.audio("c1.wav.sealed"), doctest::Contains("is no sealed recording"), Error);
}

TEST_CASE("a recording whose key is gone, or another's, stays closed") {
  const Sealed sealed;
  for (const char* name : {"c1.wav", "c2.wav"}) {
    SealedFile file(sealed / name, sealed.keys());
    file.append(Codec::pcma, sealed.second);
    file.close();
  }

  std::filesystem::copy_file(sealed / "c2.key", sealed / "c1.key",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK_THROWS_WITH_AS(sealed.audio("c1.wav.sealed"), doctest::Contains("is the key of another recording"),
                       Error);
  std::filesystem::remove(sealed / "c1.key");
  CHECK_THROWS_WITH_AS(sealed.audio("c1.wav.sealed"), doctest::Contains("there is no such file"), Error);
}

TEST_CASE("a plain file that is sealed later leaves no plain text behind") {
  const Sealed sealed;
  sealed.record("c1.wav", 12);
  const std::string plain = sealed.text("c1.wav");
  sealed.write("c1.wav.sealed", "half of an earlier attempt");

  seal_plain_file(sealed.wav, sealed.keys());

  CHECK_FALSE(std::filesystem::exists(sealed.wav));
  const std::vector<std::uint8_t> bytes = read_recording(sealed / "c1.wav.sealed", sealed.keys());
  CHECK(std::string(bytes.begin(), bytes.end()) == plain);
  CHECK(close_left_over(sealed / "c1.wav.sealed") == 12s);
}

TEST_CASE("a full disk fails a frame and keeps those before it") {
  const Sealed sealed;
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{40'000, 40'000};
    setrlimit(RLIMIT_FSIZE, &limit);
    SealedFile file(sealed.wav, sealed.keys());
    const bool failed = file.append(Codec::pcma, sealed.second) == 0 &&
                        file.append(Codec::pcma, sealed.second) == 0 &&
                        file.append(Codec::pcma, sealed.second) != 0;
    file.close();
    _exit(failed ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);

  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(sealed.audio("c1.wav.sealed").duration() == 2s);
}

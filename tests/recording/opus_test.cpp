// SPDX-License-Identifier: Apache-2.0
#include "recording/opus.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "recording/digest.hpp"
#include "recording/sealed_file.hpp"
#include "temporary_archive.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/recording/verify.hpp"

using namespace vcsr;
using namespace vcsr::recording;
using namespace std::chrono_literals;

namespace {

/// 400 Hz on the left, nothing on the right.
std::string one_sided(const TemporaryArchive& folder, int seconds) {
  WavAudio audio{.channels = 2, .samples = {}};
  for (int i = 0; i < seconds * 8000; ++i) {
    audio.samples.push_back(static_cast<std::int16_t>(8000 * std::sin(2 * 3.14159265 * 400 * i / 8000)));
    audio.samples.push_back(0);
  }
  const std::string path = folder / "c1.wav";
  write_wav(path, audio, WavFormat::pcma);
  return path;
}

double level(const std::vector<std::int16_t>& samples) {
  double sum = 0;
  for (const std::int16_t sample : samples) sum += double{1} * sample * sample;
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

WavAudio heard(const TemporaryArchive& folder, const std::vector<std::uint8_t>& file) {
  folder.write("heard.wav", {file.begin(), file.end()});
  return read_wav(folder / "heard.wav");
}

}  // namespace

TEST_CASE("Opus keeps both tracks apart in a fraction of the space") {
  const TemporaryArchive folder;
  one_sided(folder, 20);
  const std::string wav = folder.text("c1.wav");

  const std::vector<std::uint8_t> opus = opus_of(bytes_of(wav));

  CHECK(is_ogg(opus));
  CHECK_FALSE(is_ogg(bytes_of(wav)));
  CHECK(opus.size() < wav.size() / 3);
  const WavAudio audio = heard(folder, wav_of(opus));
  CHECK(audio.channels == 2);
  CHECK(audio.rate == 8000);
  CHECK(std::abs((audio.duration() - 20s).count()) < 100'000);
  CHECK(level(audio.channel(0)) > 4000);
  CHECK(level(audio.channel(0)) < 7500);
  CHECK(level(audio.channel(1)) < level(audio.channel(0)) / 10);
}

TEST_CASE("what is no audio is refused") {
  CHECK_THROWS_WITH_AS(opus_of(bytes_of("no audio")), doctest::Contains("this is no audio"), Error);
}

TEST_CASE("an archive can keep Opus, plain or encrypted") {
  for (const bool encrypted : {false, true}) {
    const TemporaryArchive archive;
    archive.write("master", std::string(64, '1'));
    ArchiveOptions options{.folder = archive.folder, .format = RecordingFormat::opus};
    if (encrypted) options.master_key = archive / "master";
    Vault vault(options);

    keep(vault, archive.make("r1", 8), noon);

    const auto found = vault.find("r1");
    CHECK(found->facts.file == (encrypted ? "2026-01-01/r1.opus.sealed" : "2026-01-01/r1.opus"));
    CHECK_FALSE(std::filesystem::exists(archive / "2026-01-01/r1.wav"));
    CHECK(found->bytes < 8 * 16000 / 3);
    CHECK(is_ogg(vault.audio("r1", "listened", {}, {.at = noon, .by = "anna"})));
    CHECK(verify_recordings(archive.folder, archive.public_key()).faults.empty());
  }
}

TEST_CASE("a recording encrypted while it was written becomes Opus without plain text on the disk") {
  const TemporaryArchive archive;
  archive.write("master", std::string(64, '1'));
  const ArchiveOptions options{
      .folder = archive.folder, .master_key = archive / "master", .format = RecordingFormat::opus};
  Vault vault(options);
  {
    SealedFile file(archive / "2026-01-01/r1.wav", vault.keys());
    const std::vector<std::uint8_t> second(16000, 0xd5);
    for (int i = 0; i < 5; ++i) file.append(Codec::pcma, second);
    file.close();
  }
  archive.write("2026-01-01/r1.opus.sealed", "left by a crash in the middle of this");

  keep(vault, {.id = "r1", .file = archive / "2026-01-01/r1.wav", .began = noon}, noon);

  CHECK(vault.find("r1")->facts.length == 5s);
  CHECK(vault.find("r1")->facts.file == "2026-01-01/r1.opus.sealed");
  CHECK(is_ogg(vault.audio("r1", "listened", {}, {.at = noon, .by = "anna"})));
  CHECK_FALSE(std::filesystem::exists(archive / "2026-01-01/r1.wav.sealed"));
}

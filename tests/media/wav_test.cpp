// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/wav.hpp"

#include <filesystem>

#include <doctest/doctest.h>
#include <sndfile.h>

#include "media/level.hpp"
#include "temporary_folder.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

WavAudio ramp(int rate, int channels, int frames) {
  WavAudio audio{.rate = rate, .channels = channels, .samples = {}};
  for (int i = 0; i < frames * channels; ++i)
    audio.samples.push_back(static_cast<std::int16_t>(i * 37 - 20000));
  return audio;
}

std::vector<std::int16_t> through(Codec codec, std::vector<std::int16_t> samples) {
  for (std::int16_t& sample : samples) sample = decode(codec, encode(codec, sample));
  return samples;
}

/// Overwrites four bytes, as a writer would that did not live to update them.
void set_size(const std::string& path, long at, std::uint32_t size) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(at);
  for (int shift = 0; shift < 32; shift += 8) file.put(static_cast<char>(size >> shift));
}

/// A file our writer does not make.
void write_other(const std::string& path, int format, int rate, int channels) {
  SF_INFO info{};
  info.format = format;
  info.samplerate = rate;
  info.channels = channels;
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  REQUIRE(file != nullptr);
  const std::vector<std::int16_t> samples(static_cast<std::size_t>(800 * channels), 1000);
  sf_writef_short(file, samples.data(), 800);
  sf_close(file);
}

std::string fault_of(const std::string& path) {
  try {
    read_wav(path);
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::invalid);
    return error.what();
  }
  return "";
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what is written is read again, in every format, rate and number of channels") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.wav";
  for (const int rate : {8000, 16000}) {
    for (const int channels : {1, 2}) {
      const WavAudio audio = ramp(rate, channels, 501);
      for (const WavFormat format : {WavFormat::pcm16, WavFormat::pcmu, WavFormat::pcma}) {
        write_wav(path, audio, format);
        const WavAudio read = read_wav(path);
        CHECK(read.rate == rate);
        CHECK(read.channels == channels);
        if (format == WavFormat::pcm16) CHECK(read.samples == audio.samples);
        else
          CHECK(read.samples ==
                through(format == WavFormat::pcmu ? Codec::pcmu : Codec::pcma, audio.samples));
      }
    }
  }
}

TEST_CASE("the channels of a file can be taken apart") {
  const WavAudio audio{.rate = 8000, .channels = 2, .samples = {1, 2, 3, 4, 5, 6}};

  CHECK(audio.channel(0) == std::vector<std::int16_t>{1, 3, 5});
  CHECK(audio.channel(1) == std::vector<std::int16_t>{2, 4, 6});
  CHECK(ramp(16000, 2, 16000).duration() == 1s);
}

TEST_CASE("a file without samples is read as such") {
  const TemporaryFolder folder;
  for (const WavFormat format : {WavFormat::pcm16, WavFormat::pcmu}) {
    write_wav(folder / "empty.wav", {}, format);
    CHECK(read_wav(folder / "empty.wav").samples.empty());
    CHECK(read_sound(folder / "empty.wav")->samples().empty());
  }
}

TEST_CASE("a file that was never closed is read up to its last sample") {
  const TemporaryFolder folder;
  const std::string path = folder / "killed.wav";
  const WavAudio audio = ramp(8000, 2, 1000);
  for (const std::uint32_t claimed : {0u, 100u, 100000u, 0xffffffffu}) {
    CAPTURE(claimed);
    write_wav(path, audio, WavFormat::pcm16);
    set_size(path, 40, claimed);
    set_size(path, 4, claimed + 36);
    CHECK(read_wav(path).samples == audio.samples);

    write_wav(path, audio, WavFormat::pcma);
    set_size(path, 54, claimed);
    CHECK(read_wav(path).samples == through(Codec::pcma, audio.samples));
  }
}

TEST_CASE("a file that was cut is read up to where it was cut") {
  const TemporaryFolder folder;
  const std::string path = folder / "cut.wav";
  const WavAudio audio = ramp(8000, 1, 1000);
  write_wav(path, audio);

  std::filesystem::resize_file(path, 44 + 2 * 300);

  CHECK(read_wav(path).samples ==
        std::vector<std::int16_t>(audio.samples.begin(), audio.samples.begin() + 300));
}

TEST_CASE("a missing file is not found, by name") {
  try {
    read_wav("/nowhere/a.wav");
    FAIL("was read");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::not_found);
    CHECK(std::string(error.what()) == "/nowhere/a.wav: there is no such file");
  }
}

TEST_CASE("a file of another kind is refused, saying what it holds") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.wav";

  write_other(path, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 8000, 1);
  CHECK(holds(fault_of(path), path + ": expected a RIFF/WAVE file, it begins with fLaC"));
  write_other(path, SF_FORMAT_WAV | SF_FORMAT_PCM_24, 8000, 1);
  CHECK(holds(fault_of(path), "24 bit"));
  write_other(path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1);
  CHECK(holds(fault_of(path), "it holds 44100; convert it: sox "));
  write_other(path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 3);
  CHECK(holds(fault_of(path), "3 channel(s)"));
  folder.write("a.wav", "These are words.");
  CHECK(holds(fault_of(path), "expected a RIFF/WAVE file"));
  folder.write("a.wav", "");
  CHECK(holds(fault_of(path), "expected a RIFF/WAVE file"));
}

TEST_CASE("a file in the extensible form of WAV is read") {
  const TemporaryFolder folder;
  write_other(folder / "a.wav", SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, 16000, 1);

  CHECK(read_wav(folder / "a.wav").samples == std::vector<std::int16_t>(800, 1000));
}

TEST_CASE("a file that cannot be written says why") {
  try {
    write_wav("/nowhere/a.wav", {});
    FAIL("was written");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::unavailable);
    CHECK(std::string(error.what()) == "/nowhere/a.wav: cannot be written: No such file or directory");
  }
}

TEST_CASE("a sound at 16 kHz is brought down to 8 kHz without aliases") {
  const TemporaryFolder folder;
  WavAudio audio{.rate = 16000, .channels = 1, .samples = sine(1000, 16000, 16000, 10000)};
  const auto high = sine(6000, 16000, 16000, 10000);
  for (std::size_t i = 0; i < audio.samples.size(); ++i)
    audio.samples[i] = static_cast<std::int16_t>(audio.samples[i] + high[i]);
  write_wav(folder / "a.wav", audio);

  const SoundPtr sound = read_sound(folder / "a.wav");

  CHECK(sound->duration() == 1s);
  CHECK(level_at(1000, sound->samples()) ==
        doctest::Approx(level_at(1000, audio.samples, 16000)).epsilon(0.01));
  CHECK(level_at(2000, sound->samples()) < -70);
}

TEST_CASE("a sound in stereo is refused, with the way out") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.wav";
  write_wav(path, ramp(8000, 2, 100));

  CHECK_THROWS_WITH_AS(read_sound(path),
                       (path + ": a sound to be played has one channel, this file has 2; mix it down: sox " +
                        path + " -c 1 out.wav")
                           .c_str(),
                       Error);
}

TEST_CASE("a list that says it is longer than the file ends no reader") {
  const TemporaryFolder folder;
  WavAudio audio{.rate = 8000, .channels = 1, .samples = {}};
  write_wav(folder / "a.wav", audio, WavFormat::pcm16);
  std::ifstream file(folder / "a.wav", std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  bytes.insert(36, std::string("LIST\4\0\0\xff", 8) + std::string(112, '\xff') + "INFO");
  folder.write("a.wav", bytes);

  CHECK(holds(fault_of(folder / "a.wav"), "expected a RIFF/WAVE file with a format and samples"));
}

TEST_CASE("damaged files are refused or read, and nothing else happens") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.wav";
  write_wav(path, ramp(8000, 1, 50), WavFormat::pcmu);
  std::ifstream file(path, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(file)), {});
  int read = 0;
  for (std::size_t at = 0; at < 58; ++at) {
    for (const char byte : {'\x00', '\x01', '\x7f', '\xff'}) {
      std::string damaged = whole;
      damaged[at] = byte;
      folder.write("a.wav", damaged);
      try {
        const WavAudio audio = read_wav(path);
        CHECK(audio.samples.size() <= whole.size());
        ++read;
      } catch (const Error& error) {
        CHECK(error.code() == Error::Code::invalid);
      }
    }
  }
  CHECK(read > 0);
}

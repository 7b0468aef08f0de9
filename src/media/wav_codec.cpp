// SPDX-License-Identifier: Apache-2.0
#include "media/wav_codec.hpp"

#include <algorithm>
#include <cctype>
#include <memory>

#include <sndfile.h>

#include "media/riff.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"

namespace vcsr {

namespace {

/// A file in memory, as libsndfile reads it.
struct MemoryFile {
  std::vector<std::uint8_t> bytes;
  sf_count_t at = 0;

  static sf_count_t size(void* self) { return static_cast<sf_count_t>(of(self).bytes.size()); }
  static sf_count_t seek(sf_count_t offset, int whence, void* self) {
    MemoryFile& file = of(self);
    const sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file.at : size(self);
    return file.at = std::clamp<sf_count_t>(base + offset, 0, size(self));
  }
  static sf_count_t read(void* out, sf_count_t count, void* self) {
    MemoryFile& file = of(self);
    count = std::clamp<sf_count_t>(count, 0, size(self) - file.at);
    std::copy_n(file.bytes.begin() + file.at, count, static_cast<std::uint8_t*>(out));
    file.at += count;
    return count;
  }
  static sf_count_t write(const void*, sf_count_t, void*) { return 0; }
  static sf_count_t tell(void* self) { return of(self).at; }

 private:
  static MemoryFile& of(void* self) { return *static_cast<MemoryFile*>(self); }
};

std::string format_name(int format) {
  SF_FORMAT_INFO major{};
  major.format = format & SF_FORMAT_TYPEMASK;
  sf_command(nullptr, SFC_GET_FORMAT_INFO, &major, sizeof major);
  SF_FORMAT_INFO minor{};
  minor.format = format & SF_FORMAT_SUBMASK;
  sf_command(nullptr, SFC_GET_FORMAT_INFO, &minor, sizeof minor);
  return std::string(major.name ? major.name : "an unknown file format") + ", " +
         (minor.name ? minor.name : "unknown encoding");
}

/// What a file of another kind calls itself.
std::string beginning_of(std::span<const std::uint8_t> bytes) {
  const std::string start(bytes.begin(), bytes.begin() + std::min<std::ptrdiff_t>(std::ssize(bytes), 4));
  const auto is_letter = [](unsigned char c) { return std::isalnum(c) != 0; };
  if (start.empty() || !std::all_of(start.begin(), start.end(), is_letter)) return "";
  return start == "RIFF" ? " with a format and samples" : ", it begins with " + start;
}

bool is_taken(const SF_INFO& format) {
  const int major = format.format & SF_FORMAT_TYPEMASK;
  const int minor = format.format & SF_FORMAT_SUBMASK;
  return (major == SF_FORMAT_WAV || major == SF_FORMAT_WAVEX) &&
         (format.channels == 1 || format.channels == 2) &&
         (minor == SF_FORMAT_PCM_16 || minor == SF_FORMAT_ULAW || minor == SF_FORMAT_ALAW);
}

}  // namespace

WavAudio decode_wav(std::span<const std::uint8_t> bytes, const std::string& source) {
  MemoryFile memory{.bytes = bare_wave(bytes)};
  if (memory.bytes.empty())
    throw Error(Error::Code::invalid, source + ": expected a RIFF/WAVE file" + beginning_of(bytes));
  SF_VIRTUAL_IO access = {&MemoryFile::size, &MemoryFile::seek, &MemoryFile::read, &MemoryFile::write,
                          &MemoryFile::tell};
  SF_INFO format{};
  const std::unique_ptr<SNDFILE, int (*)(SNDFILE*)> file(sf_open_virtual(&access, SFM_READ, &format, &memory),
                                                         &sf_close);
  if (!file)
    throw Error(Error::Code::invalid, source + ": expected WAV: " + std::string(sf_strerror(nullptr)));
  if (!is_taken(format))
    throw Error(Error::Code::invalid,
                source + ": expected WAV, 16-bit PCM or G.711, mono or stereo; it holds " +
                    format_name(format.format) + ", " + std::to_string(format.channels) + " channel(s)");
  WavAudio audio{.rate = format.samplerate, .channels = format.channels, .samples = {}};
  audio.samples.resize(static_cast<std::size_t>(format.frames * format.channels));
  const sf_count_t frames = sf_readf_short(file.get(), audio.samples.data(), format.frames);
  audio.samples.resize(static_cast<std::size_t>(frames * format.channels));
  return audio;
}

std::vector<std::uint8_t> encode_wav(const WavAudio& audio, WavFormat format) {
  const std::size_t width = format == WavFormat::pcm16 ? 2 : 1;
  const std::size_t size = audio.samples.size() * width;
  std::vector<std::uint8_t> bytes = riff_header(format, audio.channels, audio.rate, size);
  const std::size_t start = bytes.size();
  bytes.resize(start + size + size % 2);
  const auto content = std::span(bytes).subspan(start, size);
  if (format != WavFormat::pcm16) {
    encode(format == WavFormat::pcmu ? Codec::pcmu : Codec::pcma, audio.samples, content);
    return bytes;
  }
  for (std::size_t i = 0; i < audio.samples.size(); ++i) {
    const auto sample = static_cast<std::uint16_t>(audio.samples[i]);
    content[2 * i] = static_cast<std::uint8_t>(sample);
    content[2 * i + 1] = static_cast<std::uint8_t>(sample >> 8);
  }
  return bytes;
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "recording/opus.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string_view>

#include <sndfile.h>

#include "vcsr/base/error.hpp"

namespace vcsr::recording {

namespace {

/// libsndfile's measure from 0 (256 kbit/s a track) to 1 (6 kbit/s).
constexpr double compression = 0.96;
constexpr std::size_t frames_at_once = 8000;

/// A file in memory, as libsndfile sees it.
struct Memory {
  std::vector<std::uint8_t> written;
  std::span<const std::uint8_t> content;
  sf_count_t place = 0;

  sf_count_t size() const { return static_cast<sf_count_t>(std::max(written.size(), content.size())); }
};

Memory& memory(void* user) { return *static_cast<Memory*>(user); }

SF_VIRTUAL_IO in_memory() {
  SF_VIRTUAL_IO io{};
  io.get_filelen = [](void* user) { return memory(user).size(); };
  io.seek = [](sf_count_t offset, int from, void* user) {
    Memory& file = memory(user);
    file.place = (from == SEEK_SET ? 0 : from == SEEK_CUR ? file.place : file.size()) + offset;
    return file.place;
  };
  io.read = [](void* to, sf_count_t count, void* user) {
    Memory& file = memory(user);
    const std::span<const std::uint8_t> all = file.content.empty() ? file.written : file.content;
    count = std::clamp<sf_count_t>(static_cast<sf_count_t>(all.size()) - file.place, 0, count);
    if (count > 0) std::memcpy(to, all.data() + file.place, static_cast<std::size_t>(count));
    file.place += count;
    return count;
  };
  io.write = [](const void* from, sf_count_t count, void* user) {
    Memory& file = memory(user);
    const auto end = static_cast<std::size_t>(file.place + count);
    if (file.written.size() < end) file.written.resize(end);
    std::memcpy(file.written.data() + file.place, from, static_cast<std::size_t>(count));
    file.place += count;
    return count;
  };
  io.tell = [](void* user) { return memory(user).place; };
  return io;
}

using Sound = std::unique_ptr<SNDFILE, decltype(&sf_close)>;

Sound open(SF_VIRTUAL_IO& io, int mode, SF_INFO& format, Memory& file) {
  Sound sound(sf_open_virtual(&io, mode, &format, &file), sf_close);
  if (!sound)
    throw Error(Error::Code::invalid,
                std::string("this is no audio that can be read or written: ") + sf_strerror(nullptr));
  return sound;
}

std::vector<std::uint8_t> converted(std::span<const std::uint8_t> file, int format) {
  SF_VIRTUAL_IO io = in_memory();
  Memory source{.written = {}, .content = file}, target;
  SF_INFO heard{};
  const Sound in = open(io, SFM_READ, heard, source);
  SF_INFO made{};
  made.samplerate = heard.samplerate;
  made.channels = heard.channels;
  made.format = format;
  Sound out = open(io, SFM_WRITE, made, target);
  double level = compression;
  sf_command(out.get(), SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
  std::vector<short> samples(frames_at_once * static_cast<std::size_t>(heard.channels));
  while (const sf_count_t frames = sf_readf_short(in.get(), samples.data(), frames_at_once))
    if (sf_writef_short(out.get(), samples.data(), frames) != frames)
      throw Error(Error::Code::invalid,
                  std::string("the audio cannot be written: ") + sf_strerror(out.get()));
  out.reset();
  return std::move(target.written);
}

}  // namespace

std::vector<std::uint8_t> opus_of(std::span<const std::uint8_t> file) {
  return converted(file, SF_FORMAT_OGG | SF_FORMAT_OPUS);
}

std::vector<std::uint8_t> wav_of(std::span<const std::uint8_t> file) {
  return converted(file, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
}

bool is_ogg(std::span<const std::uint8_t> file) {
  constexpr std::string_view mark = "OggS";
  return file.size() >= mark.size() && std::equal(mark.begin(), mark.end(), file.begin());
}

}  // namespace vcsr::recording

// SPDX-License-Identifier: Apache-2.0
#include "media/riff.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <doctest/doctest.h>

using namespace vcsr;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes file_with(std::size_t claimed, std::size_t present, const std::string& after = {}) {
  Bytes file = riff_header(WavFormat::pcmu, 1, 8000, claimed);
  file.resize(file.size() + present, 0x7f);
  file.insert(file.end(), after.begin(), after.end());
  return file;
}

std::size_t data_size(const Bytes& file) {
  return file[54] | file[55] << 8 | file[56] << 16 | std::size_t{file[57]} << 24;
}
std::size_t riff_size(const Bytes& file) {
  return file[4] | file[5] << 8 | file[6] << 16 | std::size_t{file[7]} << 24;
}

}  // namespace

TEST_CASE("a header of PCM is 44 bytes, of G.711 58, as RFC 2361 and players expect") {
  const Bytes pcm = riff_header(WavFormat::pcm16, 2, 16000, 1000);
  const Bytes pcma = riff_header(WavFormat::pcma, 2, 8000, 1000);

  CHECK(pcm.size() == 44);
  CHECK(riff_size(pcm) == 1036);
  CHECK(pcm[20] == 1);
  CHECK(pcma.size() == 58);
  CHECK(riff_size(pcma) == 1050);
  CHECK(pcma[20] == 6);
  CHECK(pcma[32] == 2);
  CHECK(pcma[46] == 500 % 256);
  CHECK(data_size(pcma) == 1000);
  CHECK(riff_header(WavFormat::pcmu, 2, 8000, 0)[20] == 7);
}

TEST_CASE("sizes beyond four gigabytes stand at the most that fits") {
  const Bytes header = riff_header(WavFormat::pcma, 2, 8000, 5'000'000'000);

  CHECK(header.size() == 58);
  CHECK(data_size(header) == 0xffffffff);
}

TEST_CASE("a file whose sizes hold keeps its samples and loses what stands around them") {
  const std::string list = std::string("LIST\4\0\0\0INFO", 12);
  for (const auto& [file, samples] : {std::pair{file_with(100, 100), 100},
                                      {file_with(0, 0), 0},
                                      {file_with(101, 102), 101},
                                      {file_with(100, 100, list), 100}}) {
    const Bytes bare = bare_wave(file);
    CHECK(riff_sizes_hold(file));
    CHECK(bare.size() == 46 + static_cast<std::size_t>(samples + samples % 2));
    CHECK(bare[42] == samples);
    CHECK(riff_size(bare) == bare.size() - 8);
  }
}

TEST_CASE("a file whose writer was killed is as long as it is") {
  for (const Bytes& file :
       {file_with(0, 100), file_with(60, 100), file_with(0xffffffff, 100), file_with(7000, 100)}) {
    CHECK_FALSE(riff_sizes_hold(file));
    const Bytes bare = bare_wave(file);
    CHECK(bare[42] == 100);
    CHECK(bare.size() == 146);
    CHECK(riff_sizes_hold(bare));
  }
}

TEST_CASE("what is no RIFF file, or ends before its samples, holds nothing") {
  const Bytes whole = file_with(0, 100);
  for (std::ptrdiff_t size = 0; size < 57; ++size) {
    const Bytes file(whole.begin(), whole.begin() + size);
    CHECK(bare_wave(file).empty());
    CHECK_FALSE(riff_sizes_hold(file));
  }
  CHECK(bare_wave(Bytes(200, 'x')).empty());
}

TEST_CASE("samples before their format are no sound") {
  Bytes file = file_with(100, 100);
  std::copy_n("JUNK", 4, file.begin() + 12);
  CHECK(bare_wave(file).empty());
  const std::string late = std::string("fmt \2\0\0\0\7\0", 10);
  file.insert(file.end(), late.begin(), late.end());
  CHECK(bare_wave(file).empty());
}

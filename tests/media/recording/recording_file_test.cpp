// SPDX-License-Identifier: Apache-2.0
#include "media/recording/recording_file.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "temporary_folder.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/wav.hpp"

using namespace vcsr;

TEST_CASE("a file can be played after every block, before it is closed") {
  const TemporaryFolder folder;
  RecordingFile file(folder / "a.wav");
  const std::vector<std::uint8_t> block(320, 0x12);
  CHECK(read_wav(folder / "a.wav").samples.empty());

  CHECK(file.append(Codec::pcmu, block) == 0);
  CHECK(read_wav(folder / "a.wav").samples == std::vector<std::int16_t>(320, decode(Codec::pcmu, 0x12)));
  CHECK(file.append(Codec::pcmu, block) == 0);
  CHECK(read_wav(folder / "a.wav").samples.size() == 640);
  CHECK(file.samples() == 320);
  file.close();

  CHECK(std::filesystem::file_size(folder / "a.wav") == 58 + 640);
}

TEST_CASE("a file is never made over one that exists") {
  const TemporaryFolder folder;
  folder.write("a.wav", "precious");

  CHECK_THROWS_WITH_AS(RecordingFile(folder / "a.wav"),
                       ((folder / "a.wav") + ": cannot be recorded to: File exists").c_str(), Error);

  CHECK(std::filesystem::file_size(folder / "a.wav") == 8);
}

TEST_CASE("a recording is not for everybody to read") {
  const TemporaryFolder folder;
  const RecordingFile file(folder / "a.wav");

  const auto others =
      std::filesystem::status(folder / "a.wav").permissions() & std::filesystem::perms::others_all;
  CHECK(others == std::filesystem::perms::none);
}

// SPDX-License-Identifier: Apache-2.0
#include "media/file.hpp"

#include <cerrno>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>

#include "media/file_descriptor.hpp"
#include "temporary_folder.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;

namespace {

std::string fault_of(auto job) {
  try {
    job();
  } catch (const Error& error) {
    return std::string(to_string(error.code())) + " " + error.what();
  }
  return "";
}

std::size_t files_in(const TemporaryFolder& folder) {
  const std::filesystem::directory_iterator files(folder.path());
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

}  // namespace

TEST_CASE("what is written is read again, and replaced whole") {
  const TemporaryFolder folder;
  const std::vector<std::uint8_t> first = {1, 2, 3}, second = {4, 0, 255, 7};

  write_file(folder / "a", first);
  CHECK(read_file(folder / "a") == first);
  replace_file(folder / "a", second);
  CHECK(read_file(folder / "a") == second);
  replace_file(folder / "a", {});
  CHECK(read_file(folder / "a").empty());
  CHECK(files_in(folder) == 1);
}

TEST_CASE("a replacement that fails leaves nothing behind") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "a");
  folder.write("a/b", "");

  CHECK(fault_of([&] {
          replace_file(folder / "a", {});
        }).find("unavailable " + (folder / "a") + ": cannot be written: ") == 0);
  CHECK(files_in(folder) == 1);
}

TEST_CASE("files that cannot be reached say why") {
  const TemporaryFolder folder;
  folder.write("file", "");

  CHECK(fault_of([&] { read_file(folder / "none"); }) ==
        "not_found " + (folder / "none") + ": there is no such file");
  CHECK(fault_of([&] { read_file(folder / "file/below"); }).find("not_found ") == 0);
  CHECK(fault_of([&] { read_file(folder.path()); }) ==
        "unavailable " + folder.path() + ": cannot be read: Is a directory");
  CHECK(fault_of([&] { write_file("/dev/full", std::vector<std::uint8_t>{1}); }) ==
        "unavailable /dev/full: cannot be written: No space left on device");
  CHECK(fault_of([&] {
          create_folders_of(folder / "file/below/a");
        }).find("unavailable " + (folder / "file/below") + ": cannot be created: ") == 0);
}

TEST_CASE("the folders above a file are created, and may be there") {
  const TemporaryFolder folder;

  create_folders_of(folder / "a/b/c.wav");
  create_folders_of(folder / "a/b/c.wav");
  create_folders_of("c.wav");

  CHECK(std::filesystem::is_directory(folder / "a/b"));
}

TEST_CASE("bytes are written in their place, and a full disk is told") {
  const TemporaryFolder folder;
  const std::string path = folder.write("a", "abcdef");
  const FileDescriptor file(::open(path.c_str(), O_WRONLY));
  const FileDescriptor full(::open("/dev/full", O_WRONLY));
  const std::vector<std::uint8_t> bytes = {'x', 'y'};

  CHECK(write_at(file.get(), bytes, 2) == 0);
  CHECK(read_file(path) == std::vector<std::uint8_t>{'a', 'b', 'x', 'y', 'e', 'f'});
  CHECK(write_at(full.get(), bytes, 0) == ENOSPC);
  CHECK(write_at(-1, bytes, 0) == EBADF);
}

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"
#include "vcsr/base/log.hpp"

namespace vcsr {

/// A folder that ends with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "vcsr-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// A log whose lines can be looked at, without their times.
struct Lines {
  explicit Lines(const Loop& loop)
      : log(loop, {.sink = [this](std::string_view line) { lines.emplace_back(line.substr(13)); }}) {}

  std::vector<std::string> lines;
  Log log;
};

/// What `work` throws.
template <class Work>
std::string thrown(Error::Code code, Work work) {
  try {
    work();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace vcsr

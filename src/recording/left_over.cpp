// SPDX-License-Identifier: Apache-2.0
#include "recording/left_over.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "media/file.hpp"
#include "media/file_descriptor.hpp"
#include "recording/digest.hpp"
#include "recording/manifest.hpp"
#include "recording/sealed_file.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr::recording {

namespace {

namespace fs = std::filesystem;

/// Of the files that recordings are written to: stereo G.711.
constexpr std::uint64_t header_bytes = 58;
constexpr std::uint64_t size_place = 54;
constexpr std::uint64_t bytes_per_second = 2 * samples_per_second;

[[noreturn]] void fail(const std::string& path, int error) {
  if (error == ENOENT) throw Error(Error::Code::not_found, path + ": there is no such file");
  throw Error(Error::Code::unavailable, path + ": cannot be closed: " + system_words(error));
}

Duration length_of(std::uint64_t bytes) {
  return Duration(static_cast<std::int64_t>(bytes * 1'000'000 / bytes_per_second));
}

bool is_recording(const fs::path& path) {
  const fs::path kind = path.extension();
  return kind == ".wav" || kind == ".opus" || kind == ".sealed";
}

/// Up to where a WAV file promises samples, and how long they are.
std::pair<std::uint64_t, Duration> whole_blocks(int file, std::uint64_t size) {
  std::array<std::uint8_t, 4> stated{};
  if (size < header_bytes || ::pread(file, stated.data(), stated.size(), size_place) != 4) return {size, {}};
  const std::uint64_t bytes = stated[0] | stated[1] << 8 | stated[2] << 16 | std::uint64_t{stated[3]} << 24;
  const std::uint64_t there = std::min(bytes, size - header_bytes);
  return {header_bytes + there, length_of(there)};
}

/// Up to where the frames of a sealed recording are whole, and how long they are.
std::pair<std::uint64_t, Duration> whole_frames(const std::string& path) {
  SealedReader reader(path);
  std::uint64_t bytes = 0;
  bool piece = false;
  while (const auto frame = reader.skip()) {
    piece = frame->first == FrameKind::piece;
    bytes += frame->second;
  }
  return {reader.bytes(), length_of(piece ? bytes - std::min(bytes, header_bytes) : bytes)};
}

/// "" where there is none.
std::string form_of(const std::string& path) {
  const std::string name = fs::path(manifest_path(path)).replace_extension().string();
  for (const char* form : {".wav", ".wav.sealed", ".opus", ".opus.sealed"})
    if (std::error_code error; fs::exists(name + form, error)) return name + form;
  return {};
}

WallTime changed(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) fail(path, errno);
  return WallTime(std::chrono::seconds(status.st_mtim.tv_sec));
}

}  // namespace

std::vector<std::string> recordings_below(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && at != end; at.increment(error))
    if (is_recording(at->path()) && at->is_regular_file(error)) paths.push_back(at->path().string());
  if (error) throw Error(Error::Code::unavailable, folder + ": cannot be read: " + error.message());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string recording_beside(const std::string& path) {
  if (std::string found = form_of(path); !found.empty()) return found;
  throw Error(Error::Code::not_found, path + ": there is no such recording");
}

bool has_recording_beside(const std::string& path) { return !form_of(path).empty(); }

Duration close_left_over(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) fail(path, errno);
  if (::flock(file.get(), LOCK_SH | LOCK_NB) != 0)
    throw Error(Error::Code::unavailable, path + ": is still written");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (path.ends_with(".opus")) return {};
  const auto [whole, length] = is_sealed(path) ? whole_frames(path) : whole_blocks(file.get(), size);
  if (whole < size && ::ftruncate(file.get(), static_cast<off_t>(whole)) != 0) fail(path, errno);
  return length;
}

RecordingDescription facts_of_left_over(const std::string& path) {
  RecordingDescription facts;
  try {
    facts = facts_of(read_manifest(manifest_path(path)));
  } catch (const Error&) {
    facts.id = fs::path(manifest_path(path)).stem().string();
    facts.length = close_left_over(path);
    facts.began = changed(path) - facts.length;
  }
  facts.file = path;
  return facts;
}

}  // namespace vcsr::recording

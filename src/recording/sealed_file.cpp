// SPDX-License-Identifier: Apache-2.0
#include "recording/sealed_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "media/file.hpp"
#include "media/riff.hpp"
#include "recording/manifest.hpp"
#include "recording/opus.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::recording {

namespace {

constexpr std::string_view mark = "VCSRSEA1";
constexpr std::size_t id_bytes = 16;
constexpr std::size_t head_bytes = mark.size() + id_bytes;
constexpr std::size_t frame_head_bytes = 5;  // length, kind
constexpr std::size_t frame_extra_bytes = frame_head_bytes + nonce_bytes + tag_bytes;
constexpr std::uint32_t longest_frame = 16u << 20;
constexpr std::string_view suffix = ".sealed";

void put(std::vector<std::uint8_t>& bytes, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

/// What binds a frame to its place.
std::vector<std::uint8_t> place_of(const std::string& file, std::uint64_t index, FrameKind kind) {
  std::vector<std::uint8_t> place(file.begin(), file.end());
  put(place, index, 8);
  put(place, static_cast<std::uint64_t>(kind), 1);
  return place;
}

bool read_at(int file, std::span<std::uint8_t> bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t count = ::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return true;
}

[[noreturn]] void fail(const std::string& path, const char* doing, int error) {
  throw Error(Error::Code::unavailable, path + ": cannot be " + doing + ": " + system_words(error));
}

void append_to(std::vector<std::uint8_t>& all, Bytes more) {
  all.insert(all.end(), more.begin(), more.end());
}

void remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0) fail(path, "removed", errno);
}

/// Piece by piece, and on the disk when this returns; nothing is left when it throws.
void write_sealed(SealedFile file, const std::string& path, Bytes content) {
  int error = 0;
  for (std::size_t at = 0; error == 0 && at < content.size(); at += segment_bytes)
    error = file.append(FrameKind::piece,
                        content.subspan(at, std::min<std::size_t>(segment_bytes, content.size() - at)));
  if (error == 0) error = file.settle();
  file.close();
  if (error == 0) return;
  ::unlink(sealed_path(path).c_str());
  fail(sealed_path(path), "written", error);
}

}  // namespace

bool is_sealed(const std::string& path) { return path.ends_with(suffix); }
std::string sealed_path(const std::string& path) { return path + std::string(suffix); }
std::string key_path(const std::string& path) {
  return std::filesystem::path(manifest_path(path)).replace_extension(".key").string();
}

std::string plain_path(const std::string& path) {
  return is_sealed(path) ? path.substr(0, path.size() - suffix.size()) : path;
}

SealedFile::SealedFile(const std::string& path, const MasterKeys& keys) : SealedFile(path, {}, {}, false) {
  key_ = keys.make(wrapped_.file, wrapped_);
}

SealedFile SealedFile::another_form(const std::string& path, const MasterKeys& keys) {
  WrappedKey wrapped = read_wrapped_key(key_path(path));
  Secret key = keys.open(wrapped);
  return SealedFile(path, std::move(wrapped), std::move(key), true);
}

SealedFile::SealedFile(const std::string& path, WrappedKey wrapped, Secret key, bool key_written)
    : key_path_(key_path(path)),
      wrapped_(std::move(wrapped)),
      key_(std::move(key)),
      key_written_(key_written) {
  const std::string sealed = sealed_path(path);
  create_folders_of(sealed);
  if (wrapped_.file.empty()) wrapped_.file = hexadecimal(random_bytes(id_bytes));
  file_ = FileDescriptor(::open(sealed.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  int error = file_ ? 0 : errno;
  if (error == 0 && ::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) error = errno;
  std::vector<std::uint8_t> head(mark.begin(), mark.end());
  append_to(head, from_hexadecimal(wrapped_.file));
  if (error == 0) error = write_at(file_.get(), head, 0);
  if (error != 0) fail(sealed, "recorded to", error);
  bytes_ = head.size();
}

int SealedFile::write_key() {
  try {
    write_wrapped_key(key_path_, wrapped_);
  } catch (const Error&) {
    return ENOSPC;
  }
  key_written_ = true;
  return 0;
}

int SealedFile::append(Codec codec, std::span<const std::uint8_t> block) {
  return append(codec == Codec::pcmu ? FrameKind::pcmu : FrameKind::pcma, block);
}

int SealedFile::append(FrameKind kind, Bytes content) {
  // First the key: frames that nothing opens would be lost.
  if (!key_written_)
    if (const int error = write_key(); error != 0) return error;
  std::vector<std::uint8_t> frame;
  put(frame, content.size(), 4);
  put(frame, static_cast<std::uint64_t>(kind), 1);
  append_to(frame, seal(key_, content, place_of(wrapped_.file, frames_, kind)));
  if (const int error = write_at(file_.get(), frame, bytes_); error != 0) return error;
  bytes_ += frame.size();
  ++frames_;
  return 0;
}

void SealedFile::close() {
  if (!key_written_) write_key();
  [[maybe_unused]] const int ignored = ::ftruncate(file_.get(), static_cast<off_t>(bytes_));
  file_.close();
}

int SealedFile::settle() const { return ::fsync(file_.get()) == 0 ? 0 : errno; }

SealedReader::SealedReader(const std::string& path, const MasterKeys* keys)
    : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (!file_ && errno == ENOENT) throw Error(Error::Code::not_found, path + ": there is no such file");
  struct stat status {};
  if (!file_ || ::fstat(file_.get(), &status) != 0) fail(path, "read", errno);
  size_ = static_cast<std::uint64_t>(status.st_size);
  std::array<std::uint8_t, head_bytes> head{};
  if (!read_at(file_.get(), head, 0) || !std::equal(mark.begin(), mark.end(), head.begin()))
    throw Error(Error::Code::invalid, path + ": is no sealed recording");
  id_ = hexadecimal(Bytes(head).subspan(mark.size()));
  bytes_ = head_bytes;
  if (!keys) return;
  const WrappedKey wrapped = read_wrapped_key(key_path(path));
  if (wrapped.file != id_)
    throw Error(Error::Code::invalid, key_path(path) + ": is the key of another recording");
  key_ = keys->open(wrapped);
}

std::optional<std::pair<FrameKind, std::uint32_t>> SealedReader::head() {
  std::array<std::uint8_t, frame_head_bytes> head{};
  if (bytes_ + frame_extra_bytes > size_ || !read_at(file_.get(), head, bytes_)) return {};
  const std::uint32_t length =
      head[0] | head[1] << 8 | head[2] << 16 | static_cast<std::uint32_t>(head[3]) << 24;
  if (length > longest_frame || bytes_ + frame_extra_bytes + length > size_) return {};
  return std::pair(static_cast<FrameKind>(head[4]), length);
}

std::optional<std::pair<FrameKind, std::uint64_t>> SealedReader::skip() {
  const auto next = head();
  if (!next) return {};
  bytes_ += frame_extra_bytes + next->second;
  ++frames_;
  return std::pair<FrameKind, std::uint64_t>(next->first, next->second);
}

std::optional<SealedReader::Frame> SealedReader::next() {
  VCSR_ASSERT(key_);
  const auto next = head();
  if (!next) return {};
  std::vector<std::uint8_t> sealed(nonce_bytes + next->second + tag_bytes);
  if (!read_at(file_.get(), sealed, bytes_ + frame_head_bytes)) fail(path_, "read", EIO);
  auto content = unseal(*key_, sealed, place_of(id_, frames_, next->first));
  if (!content)
    throw Error(Error::Code::invalid,
                path_ + ": frame " + std::to_string(frames_ + 1) + " is not what was recorded");
  bytes_ += frame_extra_bytes + next->second;
  ++frames_;
  return Frame{next->first, *std::move(content)};
}

std::vector<std::uint8_t> read_recording(const std::string& path, const MasterKeys& keys) {
  if (!is_sealed(path)) return read_file(path);
  SealedReader reader(path, &keys);
  std::vector<std::uint8_t> content;
  std::optional<FrameKind> kind;
  while (const std::optional<SealedReader::Frame> frame = reader.next()) {
    if (!kind) kind = frame->kind;
    append_to(content, frame->content);
  }
  if (kind == FrameKind::piece) return content;
  const WavFormat law = kind == FrameKind::pcmu ? WavFormat::pcmu : WavFormat::pcma;
  std::vector<std::uint8_t> file = riff_header(law, 2, samples_per_second, content.size());
  append_to(file, content);
  return file;
}

void seal_plain_file(const std::string& path, const MasterKeys& keys) {
  // What an earlier attempt left is not whole: the plain file is still there.
  ::unlink(sealed_path(path).c_str());
  write_sealed(SealedFile(path, keys), path, read_file(path));
  remove_file(path);
}

std::string keep_as_opus(const std::string& path, const MasterKeys& keys) {
  const std::vector<std::uint8_t> opus = opus_of(read_recording(path, keys));
  const std::string target = std::filesystem::path(plain_path(path)).replace_extension(".opus").string();
  ::unlink(sealed_path(target).c_str());
  if (keys.empty()) replace_file(target, opus);
  else
    write_sealed(is_sealed(path) ? SealedFile::another_form(target, keys) : SealedFile(target, keys), target,
                 opus);
  remove_file(path);
  return keys.empty() ? target : sealed_path(target);
}

}  // namespace vcsr::recording

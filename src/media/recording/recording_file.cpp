// SPDX-License-Identifier: Apache-2.0
#include "media/recording/recording_file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>

#include "media/file.hpp"
#include "media/riff.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr int channels = 2;
constexpr std::uint64_t header_bytes = 58;

}  // namespace

RecordingFile::RecordingFile(const std::string& path) {
  create_folders_of(path);
  file_ = FileDescriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  int error = file_ ? 0 : errno;
  // Tells other programs that it is still written, until it is closed or this process has ended.
  if (error == 0 && ::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) error = errno;
  if (error == 0) error = write_header(Codec::pcma, 0);
  if (error != 0)
    throw Error(Error::Code::unavailable, path + ": cannot be recorded to: " + system_words(error));
}

int RecordingFile::append(Codec codec, std::span<const std::uint8_t> block) {
  // The samples first: a header that promises too little is harmless, too much is not.
  int error = write_at(file_.get(), block, header_bytes + bytes_);
  if (error == 0) error = write_header(codec, bytes_ + block.size());
  if (error == 0) bytes_ += block.size();
  return error;
}

void RecordingFile::close() {
  // Where this fails the header still tells where the samples end.
  [[maybe_unused]] const int ignored = ::ftruncate(file_.get(), static_cast<off_t>(header_bytes + bytes_));
  file_.close();
}

int RecordingFile::write_header(Codec codec, std::uint64_t bytes) {
  const WavFormat format = codec == Codec::pcmu ? WavFormat::pcmu : WavFormat::pcma;
  const std::vector<std::uint8_t> header = riff_header(format, channels, samples_per_second, bytes);
  VCSR_ASSERT(header.size() == header_bytes);
  return write_at(file_.get(), header, 0);
}

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/recording_writer.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "media/file.hpp"
#include "media/recording/leg_recording.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

RecordingMaker::~RecordingMaker() = default;

std::vector<std::uint8_t> RecordingMaker::read(const std::string& path) const { return read_file(path); }

bool RecordingMaker::holds(const std::string& path) const {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

void RecordingMaker::discard(const std::string& path) {
  std::error_code error;
  std::filesystem::remove(path, error);
  if (error) throw Error(Error::Code::unavailable, path + ": cannot be removed: " + error.message());
}
RecordingSink::~RecordingSink() = default;

class RecordingWriter::Impl {
 public:
  Impl(Loop& on, const RecordingWriterOptions& options)
      : loop(on), queue(std::make_shared<RecordingQueue>(options)) {}

  Loop& loop;
  std::shared_ptr<RecordingQueue> queue;
};

RecordingWriter::RecordingWriter(Loop& loop, RecordingWriterOptions options)
    : impl_(std::make_shared<Impl>(loop, options)) {}
RecordingWriter::~RecordingWriter() = default;

std::shared_ptr<WavRecording> RecordingWriter::open(const std::string& path, RecordingOptions options) {
  return std::make_shared<LegRecording>(impl_->loop, impl_->queue, path, std::move(options));
}

}  // namespace vcsr

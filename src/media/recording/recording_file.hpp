// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "media/file_descriptor.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr {

/// A stereo G.711 WAV file that grows and is complete after every append().
class RecordingFile final : public RecordingSink {
 public:
  /// Creates it, never over a file that exists. Throws Error(unavailable).
  explicit RecordingFile(const std::string& path);

  /// Adds all of the block or, failing, nothing: the system's error, or 0.
  int append(Codec codec, std::span<const std::uint8_t> block) override;
  /// Drops what failed appends left behind and closes.
  void close() override;

  std::uint64_t samples() const { return bytes_ / 2; }

 private:
  int write_header(Codec codec, std::uint64_t bytes);

  FileDescriptor file_;
  std::uint64_t bytes_ = 0;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/file_descriptor.hpp"
#include "recording/envelope.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr::recording {

/// What a frame of a sealed file holds: stereo samples of a law, or a piece of a file of any kind.
enum class FrameKind : std::uint8_t { pcmu = 0, pcma = 8, piece = 255 };

/// "day/c1.wav.sealed" for "day/c1.wav", and where its key is: "day/c1.key".
std::string sealed_path(const std::string& path);
std::string key_path(const std::string& path);
bool is_sealed(const std::string& path);

/// An encrypted recording that grows frame by frame, so that a crash leaves whole frames behind: a head with
/// the file's id, then frames of length, kind and AES-256-GCM, each bound to the file and its place in it.
/// Its key lies beside it, wrapped by the master key.
class SealedFile final : public RecordingSink {
 public:
  /// Creates `path`.sealed, never over a file that exists. Throws Error(unavailable).
  SealedFile(const std::string& path, const MasterKeys& keys);
  /// Under the key that lies beside `path`, which another form of the same recording has.
  static SealedFile another_form(const std::string& path, const MasterKeys& keys);

  int append(Codec codec, std::span<const std::uint8_t> block) override;
  int append(FrameKind kind, Bytes content);
  void close() override;
  /// All of it is on the disk; the system's error, or 0.
  int settle() const;

 private:
  SealedFile(const std::string& path, WrappedKey wrapped, Secret key, bool key_written);
  int write_key();

  const std::string key_path_;
  FileDescriptor file_;
  WrappedKey wrapped_;
  Secret key_;
  bool key_written_ = false;
  std::uint64_t frames_ = 0;
  std::uint64_t bytes_ = 0;
};

/// Reads the frames of a sealed file in their order.
class SealedReader {
 public:
  struct Frame {
    FrameKind kind;
    std::vector<std::uint8_t> content;
  };

  /// Without a key frames can be skipped only. Throws Error: not_found, invalid, refused.
  explicit SealedReader(const std::string& path, const MasterKeys* keys = nullptr);

  /// Nothing at the end, also where a frame is torn. Throws Error(invalid) for a frame that is not as
  /// written.
  std::optional<Frame> next();
  /// Kind and length of the next frame's content.
  std::optional<std::pair<FrameKind, std::uint64_t>> skip();
  /// Bytes of the whole frames so far.
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::optional<std::pair<FrameKind, std::uint32_t>> head();

  const std::string path_;
  FileDescriptor file_;
  std::uint64_t size_ = 0;
  std::string id_;
  std::optional<Secret> key_;
  std::uint64_t frames_ = 0;
  std::uint64_t bytes_ = 0;
};

/// "day/c1.wav" for "day/c1.wav.sealed".
std::string plain_path(const std::string& path);

/// The whole recording, plain or sealed, as a file that programs understand: WAV or Ogg. Throws Error.
std::vector<std::uint8_t> read_recording(const std::string& path, const MasterKeys& keys);

/// Puts a sealed file in the place of a plain one, which is gone when this returns. Throws Error.
void seal_plain_file(const std::string& path, const MasterKeys& keys);

/// Puts Opus in the place of a WAV file, plain or sealed, which is gone when this returns; sealed where there
/// are keys. Its path. Throws Error.
std::string keep_as_opus(const std::string& path, const MasterKeys& keys);

}  // namespace vcsr::recording

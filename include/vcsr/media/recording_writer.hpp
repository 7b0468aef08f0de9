// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "vcsr/base/log.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr {

/// What became of a recording.
struct RecordingResult {
  std::string file;
  Duration length{};  ///< of the file, pauses included
  Duration paused{};  ///< silence in place of what was said
  Duration lost{};    ///< could not be written: not in the file
  std::string error;  ///< the system's words when something was lost; "" otherwise
};

/// Takes a leg's audio into a stereo WAV file: left what the party said, right what it heard, in
/// the law in which it was carried. Made by RecordingWriter; the tap side runs on the driver's
/// media thread, the rest on the loop.
class VCSR_EXPORT WavRecording : public AudioTap {
 public:
  /// From now on, or until resume(), silence of the same length is written.
  virtual void pause() = 0;
  virtual void resume() = 0;
  /// Writes what is left, closes the file and tells the result. Once; take the tap off the leg before.
  virtual Task<RecordingResult> finish() = 0;
};

/// What a killed process or a full disk may cost.
struct RecordingWriterOptions {
  /// Audio is handed over in blocks of this length; a `kill -9` loses at most one.
  Duration block = std::chrono::seconds(1);
  /// While the disk is full or slow, at most this much waits in memory; beyond it the oldest is lost.
  std::size_t backlog_bytes = 64u << 20;
  Log log = {};
};

/// One thread that writes the blocks of all recordings. After every block the file is complete and
/// playable, whatever kills the process. A full disk is tried again every second. Outlives its recordings.
class VCSR_EXPORT RecordingWriter {
 public:
  explicit RecordingWriter(Loop& loop, RecordingWriterOptions options = {});
  ~RecordingWriter();

  /// Creates the file, missing folders too, never over a file that exists. Throws Error(unavailable) with
  /// path and the system's words when that fails, so that a call never believes it is recorded when it is
  /// not.
  std::shared_ptr<WavRecording> open(const std::string& path);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr

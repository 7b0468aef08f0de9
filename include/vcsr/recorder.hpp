// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "vcsr/base/task.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr {

/// One recording of a call, from Call::record() until stop() or the end of the call: a stereo WAV
/// file, the customer on the left, what the customer hears (agent, prompts) on the right. It begins
/// and ends in the journal. A handle on its call's loop.
class VCSR_EXPORT Recorder {
 public:
  /// Silence of the same length is recorded while one lives: for card numbers and the like.
  /// Several may overlap; the last to die resumes.
  class VCSR_EXPORT Pause {
   public:
    Pause(Pause&&) noexcept;
    Pause& operator=(Pause&&) noexcept;
    ~Pause();

   private:
    friend class Recorder;
    class Token;
    explicit Pause(std::unique_ptr<Token> token);
    std::unique_ptr<Token> token_;
  };

  /// The recording's id.
  const std::string& id() const;
  /// Its path; "" where the driver gives no audio (simulation).
  const std::string& file() const;
  /// Until stop() or the end of the call.
  bool running() const;
  /// Of a recording that is over, a pause does nothing.
  [[nodiscard]] Pause pause();
  /// Closes the file; the same result every time it is called. Waits at most 5 s for a disk that is full
  /// or slow; RecordingResult::error then says so, and the rest is written when it can be.
  Task<RecordingResult> stop();

  class Impl;
  explicit Recorder(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr

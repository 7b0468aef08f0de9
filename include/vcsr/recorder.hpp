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
/// and ends in the journal, with every gap. A handle on its call's loop.
class VCSR_EXPORT Recorder {
 public:
  /// Nothing is kept while one lives: for card numbers and the like. In the file stands silence of the
  /// same length, or nothing where RecordingTerms::leave_out_pauses says so. Several may overlap; the last
  /// to die resumes.
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

  /// The recording's id; "" of one that never began: the customer did not agree, or the disk has no space for
  /// recordings (recording.refused in the journal).
  const std::string& id() const;
  /// Its path while it is made; "" where the driver gives no audio (simulation), of one that never began or
  /// whose file could not be made, and of one that was removed. Once the contact is closed its record tells
  /// where the file is.
  const std::string& file() const;
  /// Until stop(), the end of the call, or the news that its file cannot be made.
  bool running() const;
  /// Running, and nothing is kept just now.
  bool paused() const;

  /// Of a recording that is over, a pause does nothing. One that lasts longer than `limit` is ended, with
  /// an entry in the journal: somebody forgot it.
  [[nodiscard]] Pause pause(std::string reason = {}, Duration limit = Duration::max());
  /// The same for somebody who cannot keep a Pause, an agent's desktop: until resume(), at most for
  /// RecordingTerms::longest_pause. Once more gives the reason anew and the time again.
  void suspend(std::string reason);
  /// Ends suspend(); pauses of dialogues go on.
  void resume();

  /// Closes the file; the same result every time it is called. Waits at most 5 s for a disk that is full
  /// or slow; RecordingResult::error then says so, and the rest is written when it can be.
  Task<RecordingResult> stop();
  /// The same without waiting for it.
  void stop_soon();

  class Impl;
  explicit Recorder(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr

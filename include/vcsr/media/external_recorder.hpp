// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "vcsr/media/recording_writer.hpp"

namespace vcsr {

/// The copy of one recording on its way to an external recorder. on_audio() runs on the driver's media
/// thread, the rest on the loop. Destroying it ends it.
class VCSR_EXPORT ExternalCopy : public AudioTap {
 public:
  /// When it returns nothing of what comes is sent, until resume().
  virtual void pause() = 0;
  virtual void resume() = 0;
  /// Who takes part by now: WavRecording::on_parties().
  virtual void on_parties(const std::vector<RecordedParty>& /*parties*/) {}
  /// Nothing is sent any more; again is ignored.
  virtual void end() = 0;
};

/// What becomes of a copy.
struct ExternalCopyNews {
  enum class State {
    begun,   ///< the recorder takes it
    failed,  ///< `why`; the call and our own recording go on
    ended    ///< we ended it
  };

  State state = State::begun;
  RecordedCall call = {};
  std::string recorder = {};  ///< its address
  std::string why = {};       ///< "503 Service Unavailable"; "" unless failed
};

/// Somebody else's recorder that is given copies of recordings while they are made. On the loop.
class VCSR_EXPORT ExternalRecorder {
 public:
  virtual ~ExternalRecorder();

  /// Never throws for what the recorder or the network does. Null when there is nothing to send with: a
  /// failure that was told.
  virtual std::shared_ptr<ExternalCopy> begin(const RecordedCall& call) = 0;
  /// Who is told what becomes of copies, instead of an earlier one.
  virtual void follow(std::function<void(const ExternalCopyNews&)> listener) = 0;
  /// Why the last copy failed, in words; "" once another has begun.
  virtual std::string trouble() const = 0;
};

/// Makes recordings as `inner` does, and gives `recorder` a copy of each that is a call's: what is kept, so
/// nothing while it is paused. Of these rules alone where any are named. What becomes of a copy concerns
/// neither the recording nor the call.
VCSR_EXPORT std::shared_ptr<RecordingMaker> copied_to(std::shared_ptr<ExternalRecorder> recorder,
                                                      std::shared_ptr<RecordingMaker> inner,
                                                      std::vector<std::string> rules = {});

}  // namespace vcsr

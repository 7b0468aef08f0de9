// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/call_impl.hpp"
#include "vcsr/recorder.hpp"

namespace vcsr {

class Recorder::Impl {
 public:
  std::shared_ptr<Services> services;
  std::shared_ptr<Contact::Impl> contact;
  std::weak_ptr<Call::Impl> call;
  std::string id;
  std::string file;
  std::shared_ptr<WavRecording> audio;  ///< null where the driver gives none
  Timestamp began{};
  std::optional<RecordingResult> result;
  std::vector<Event<std::monostate>*> waiting;  ///< for the result
  bool stopping = false;
  int pauses = 0;
};

/// The call's recording; begins one unless one is running.
Recorder start_recording(Call::Impl& call);

}  // namespace vcsr

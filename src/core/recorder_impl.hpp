// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/call_impl.hpp"
#include "vcsr/recorder.hpp"

namespace vcsr {

class Recorder::Impl : public std::enable_shared_from_this<Impl> {
 public:
  /// Why nothing is kept, and until when.
  struct Hold {
    std::uint64_t number;
    std::string reason;
    std::optional<Loop::TimerId> limit;
  };

  ~Impl();

  /// Returns the hold's number.
  std::uint64_t hold(std::string reason, Duration limit);
  /// A number that is not there any more is ignored.
  void release(std::uint64_t number);

  std::shared_ptr<Services> services;
  std::shared_ptr<Contact::Impl> contact;
  std::weak_ptr<Call::Impl> call;
  std::string id;
  std::string file;
  std::shared_ptr<WavRecording> audio;
  WallTime began{};
  Duration longest_pause{};
  std::optional<RecordingResult> result;
  std::vector<Event<std::monostate>*> waiting;  ///< for the result
  std::optional<Recorder::Pause> suspended;     ///< from a desktop
  bool stopping = false;
  std::string failure;  ///< why the file could not be made
  std::vector<Hold> holds;

 private:
  void expire(std::uint64_t number);
  /// Pauses or resumes, as the oldest hold wants it.
  void obey();

  std::uint64_t last_hold_ = 0;
  std::optional<std::string> held_for_;
};

/// The call's recording; begins one unless one is running. Where the customer did not agree to be
/// recorded it is one that is over already.
Recorder start_recording(Call::Impl& call);
/// A message that the caller leaves: whatever the policy says, and instead of what is being recorded.
std::shared_ptr<Recorder::Impl> start_message(Call::Impl& call);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "vcsr/agent.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/call.hpp"
#include "vcsr/queue.hpp"
#include "vcsr/recorder.hpp"
#include "vcsr/recording_policy.hpp"

namespace vcsr {

/// What the policy has come to for one call so far; a part of it.
struct CallRecording {
  std::optional<double> dice;
  std::optional<RecordingDecision> decision;  ///< the last
  bool noticed = false;
  std::string obstacle;                ///< why the customer could not be told or asked
  std::string pressed;                 ///< the agent's last keys
  std::string refusing;                ///< the customer's last keys
  std::shared_ptr<WavRecording> tap;   ///< of the one that runs; null where there is no audio
  std::vector<RecordedParty> parties;  ///< as `tap` was told last
  bool message = false;                ///< the newest is what the caller leaves
  std::set<std::string> discarded;     ///< ids of those that are removed when they have ended
  int secrets = 0;                     ///< being asked for
  std::vector<Recorder::Pause> secret_pauses;
};

/// After the answer: what the rules for whole calls say.
Task<> record_whole_call(std::shared_ptr<Call::Impl> call);
/// Before the customer waits: notice and consent, where a rule wants them that may come to fit.
Task<> prepare_conversation(std::shared_ptr<Call::Impl> call, QueueOptions queue);
/// An agent talks with the customer.
void record_conversation(Call::Impl& call, const QueueOptions& queue, const AgentOptions& agent);
/// The agent pressed a key.
void press_recording_key(Call::Impl& call, char digit);
/// The customer pressed a key.
void press_withdrawal_key(Call::Impl& call, char digit);
/// The customer does not agree any more.
void withdraw_recording(Call::Impl& call);
/// See Call::request_recording().
Recorder request_recording(Call::Impl& call);

/// While one lives no recording of the call hears anything, and for a moment after it: the key of the
/// last digit may be held down still.
class SecretEntry {
 public:
  explicit SecretEntry(std::shared_ptr<Call::Impl> call);
  ~SecretEntry();
  SecretEntry(const SecretEntry&) = delete;

 private:
  std::shared_ptr<Call::Impl> call_;
};

}  // namespace vcsr

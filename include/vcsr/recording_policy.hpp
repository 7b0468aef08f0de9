// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr {

/// What is kept of a conversation.
enum class RecordingMode {
  none,       ///< nothing, whoever asks
  on_demand,  ///< from the moment on that somebody asks for it: Call::request_recording()
  speech,     ///< what is said; where nobody speaks is left out and marked as a gap
  all,
};
/// Whose agreement it takes.
enum class ConsentMode {
  none,       ///< nobody is asked; a notice may be enough
  customer,   ///< the customer is asked
  everybody,  ///< and the agent must be one who agrees: AgentOptions::agrees_to_recording
};
/// "none", "on_demand", …; "none", "customer", "everybody"
VCSR_EXPORT const char* to_string(RecordingMode mode) noexcept;
VCSR_EXPORT const char* to_string(ConsentMode consent) noexcept;

/// How conversations are recorded.
struct RecordingTerms {
  RecordingMode mode = RecordingMode::all;
  double share = 100;  ///< percent of the calls, chosen by the loop's random source
  /// Name of a prompt that the customer hears before anything is kept; "" for none.
  std::string notice = {};
  ConsentMode consent = ConsentMode::none;
  /// Name of the prompt that asks for consent: 1 agrees, 2 does not, nor does who presses neither.
  std::string question = {};
  bool leave_out_pauses = false;  ///< instead of silence of the same length
  /// A pause that somebody at a desktop forgot is ended after so long, with an entry in the journal.
  Duration longest_pause = std::chrono::minutes(10);
  /// Pressed by the agent, "*1", it begins the recording, or ends it; "" for none.
  std::string key = {};
  /// Pressed by the customer in a talk, "*9", it withdraws her consent; "" for none.
  std::string withdrawal_key = {};
  /// When she withdraws it, what the running recording holds by then stays; false: it is removed.
  bool keep_withdrawn = true;
};

/// Terms and where they hold: every list that is not empty must have a fitting entry. "*" in an entry
/// stands for any characters; numbers are the user part of an address, with or without "+" or "00".
struct RecordingRule {
  std::string name = {};  ///< for the journal
  std::vector<std::string> queues = {}, numbers = {}, callers = {}, agents = {};
  /// Decides when the call is answered, for all of it; otherwise when an agent talks with the customer.
  /// Queues and agents are not known then.
  bool whole_call = false;
  RecordingTerms terms = {};
};

/// The first rule that fits decides; without one a queue's own terms do.
struct RecordingPolicy {
  std::vector<RecordingRule> rules = {};
};

/// What a decision depends on.
struct RecordingFacts {
  std::string queue = {}, number = {}, caller = {}, agent = {};
  bool whole_call = false;
  double dice = 0;  ///< from 0 to below 100: below RecordingTerms::share records
};

/// What the policy says.
struct RecordingDecision {
  RecordingTerms terms = {.mode = RecordingMode::none};
  std::string rule = {};    ///< that decided; "" for none
  std::string reason = {};  ///< in words an auditor reads
};

VCSR_EXPORT RecordingDecision decide(const RecordingPolicy& policy, const RecordingFacts& facts);

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vcsr/base/secret.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/call.hpp"
#include "vcsr/telephony/address.hpp"

namespace vcsr {

/// A message that a caller left.
struct VoicemailMessage {
  std::string id;       ///< also of its recording
  std::string contact;  ///< in which it was left
  Address from;
  std::string customer;  ///< name of who left it, where known
  WallTime at{};
  Duration length{};
  std::string file;  ///< "" where the driver gives no audio
  bool heard = false;
};

/// Whose mailbox it is and how messages are taken.
struct MailboxOptions {
  std::string name;  ///< "1001", "sales"; unique in the center
  /// Of the owner, who may listen from there once it has proven to be it (Arrival::phone); its lamp tells of
  /// new messages. Empty for none.
  Address phone = {};
  Secret pin = {};                              ///< lets the owner listen from elsewhere; empty: nowhere else
  std::string greeting = {};                    ///< name of a prompt; "": a phrase in the caller's language
  Duration limit = std::chrono::minutes(2);     ///< of one message
  Duration silence = std::chrono::seconds(5);   ///< ends it
  Duration shortest = std::chrono::seconds(1);  ///< less is no message
  bool review = true;                           ///< the caller may speak anew before the message is kept
};

/// Messages that callers left for somebody. What is spoken by the mailbox itself is in English and Chinese.
/// Messages are kept by the journal and the recordings: Center::recover() brings them back. A handle on
/// its center's loop.
class VCSR_EXPORT Mailbox {
 public:
  const std::string& name() const;
  /// Those not yet heard before the others, each oldest first.
  std::vector<VoicemailMessage> messages() const;

  /// Answers, greets and takes a message until #, silence, the limit or the end of the call. What the caller
  /// hangs up on is kept, too. Nothing: there was no message. Recorded whatever the policy says: who leaves a
  /// message wants it kept. Throws Hangup; Error(unavailable) when nothing can be recorded.
  Task<std::optional<VoicemailMessage>> take(Call call, Reason reason = Reason("left a message"));
  /// Plays the messages to their owner: 1 next, 2 delete, 3 call back, 4 once more. Who calls from elsewhere
  /// than the owner's phone is asked for the PIN.
  Task<> listen(Call call);

  /// An id that is not there is ignored.
  void set_heard(const std::string& id);
  /// Takes the message off the list; the recording stays with the others.
  void remove(const std::string& id);

  class Impl;
  explicit Mailbox(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr

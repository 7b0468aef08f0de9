// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/channel.hpp"
#include "vcsr/customer_context.hpp"
#include "vcsr/requirement.hpp"
#include "vcsr/telephony/address.hpp"

namespace vcsr {

/// How sure we are who the customer is.
enum class Verification { none, number, pin, document, voice };

/// How a contact ended; every contact has exactly one.
enum class Outcome {
  self_served,  ///< settled without a person: see Contact::settle()
  served,       ///< talked with an agent
  transferred,  ///< passed on to somewhere else
  abandoned,    ///< the customer left while waiting for a person
  unserved,     ///< wanted a person and got none: the queue was full or took too long
  left,         ///< the customer left the dialogue before anything was settled
  refused,      ///< never answered by us, or turned away by a CallerList
  failed,       ///< our dialogue broke
  interrupted,  ///< our program ended before the contact did
  unreached,    ///< we called, and the customer did not answer
  closed,       ///< wanted a person and was told that nobody serves now; see Overflow::To::closed
};

/// "none", "number", …; "self_served", "served", …
VCSR_EXPORT const char* to_string(Verification verification) noexcept;
VCSR_EXPORT const char* to_string(Outcome outcome) noexcept;

/// Why the customer made contact, in words an agent reads.
struct Reason {
  explicit Reason(std::string text) : text(std::move(text)) {}
  std::string text;
};

/// How a contact without a call arrives; see Center::open().
struct ContactOptions {
  Channel channel = Channel::chat;  ///< voice: a call that somebody else's switch carries
  Address from = {}, to = {};
  std::string reason = {};
  std::string language = {};  ///< BCP 47; "": the center's
  Facts collected = {};       ///< what is known already, such as what a web form asked
};

/// One customer's matter on one channel, from arrival to outcome. A handle: copies name the same
/// contact and stay valid after its end, when changes to it are ignored. Used on its center's loop.
class VCSR_EXPORT Contact {
 public:
  const std::string& id() const;
  Channel channel() const;
  /// We called the customer: who is to(), not from().
  bool outgoing() const;
  const Address& from() const;
  const Address& to() const;
  WallTime arrived() const;

  /// Who the customer is, as far as we know, and what has been collected.
  CustomerContext customer() const;

  const std::string& reason() const;
  void set_reason(Reason reason);
  Verification verification() const;
  void set_verification(Verification verification);
  /// In which language we speak: BCP 47; the customer's own once identified, else the center's.
  const std::string& language() const;
  void set_language(std::string language);

  /// Whether the customer agrees to be recorded; nothing until somebody asked.
  std::optional<bool> recording_consent() const;
  /// `how`, for the journal: "key 1", "told the agent". Without consent no recording begins, and the one that
  /// runs is ended; RecordingTerms::keep_withdrawn says what becomes of it. A voicemail message goes on.
  void set_recording_consent(bool given, std::string how);

  /// What this contact asks of the agent besides what its queue does; it holds as long as the contact waits.
  /// Heeded by Queue::serve() when it begins.
  void require(Requirement requirement);
  /// For so long the contact waits in a queue for this agent alone, as long as she is logged in and in the
  /// queue.
  void prefer_agent(std::string id, Duration for_so_long);

  /// Something the customer wanted is done ("balance told"): the contact counts as self-served unless
  /// a person takes it over.
  void settle(std::string_view what);

  /// Ends a contact without a call: the customer has left, or the matter is done. Whoever serves it in a
  /// queue stops with Hangup, offers are withdrawn, and who has it in hand has time for notes; ignored when
  /// it is closed. Throws Error(refused) for a call's.
  void close();
  /// Over, with its outcome known.
  bool closed() const;
  /// Only when closed().
  Outcome outcome() const;

  class Impl;
  explicit Contact(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  friend class Call;
  friend class Queue;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/services.hpp"
#include "vcsr/voicemail.hpp"

namespace vcsr {

class Mailbox::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(std::shared_ptr<Services> services, MailboxOptions options)
      : services(std::move(services)), options(std::move(options)) {}

  /// Of an earlier run.
  void apply(const JournalEntry& entry);
  void add(VoicemailMessage message, const std::string& reason);
  void set_heard(const std::string& id);
  void remove(const std::string& id);
  /// Has the owner's phone show how many messages there are, as far as that is durable.
  void notify() const;

  std::vector<VoicemailMessage> sorted() const;

  std::shared_ptr<Services> services;
  const MailboxOptions options;
  std::vector<VoicemailMessage> messages;

 private:
  VoicemailMessage* find(const std::string& id);
  WaitingMessages count() const;
  /// Once the journal has it.
  void changed();
  static Task<> tell_durable(std::shared_ptr<Impl> mailbox);

  WaitingMessages durable_;
};

Task<std::optional<VoicemailMessage>> take_message(std::shared_ptr<Mailbox::Impl> mailbox,
                                                   std::shared_ptr<Call::Impl> call, Reason reason);
Task<> play_messages(std::shared_ptr<Mailbox::Impl> mailbox, std::shared_ptr<Call::Impl> caller);

}  // namespace vcsr

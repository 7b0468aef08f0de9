// SPDX-License-Identifier: Apache-2.0
#include "server/mailbox_list.hpp"

#include <utility>

namespace vcsr {

Value list_mailboxes(const std::vector<Mailbox>& mailboxes) {
  Value::List all;
  for (const Mailbox& mailbox : mailboxes) {
    Value::List messages;
    for (const VoicemailMessage& message : mailbox.messages())
      messages.push_back(Value::Map{{"id", message.id},
                                    {"contact", message.contact},
                                    {"from", message.from.uri},
                                    {"name", message.from.name},
                                    {"customer", message.customer},
                                    {"at", to_string(message.at)},
                                    {"length", std::chrono::duration<double>(message.length).count()},
                                    {"file", message.file},
                                    {"heard", message.heard}});
    all.push_back(Value::Map{{"name", mailbox.name()}, {"messages", std::move(messages)}});
  }
  return all;
}

}  // namespace vcsr

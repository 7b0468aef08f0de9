// SPDX-License-Identifier: Apache-2.0
#include "app/mailbox_config.hpp"

#include <algorithm>

namespace vcsr {

MailboxOptions read_mailbox(TomlSection& section) {
  using std::chrono::seconds;
  MailboxOptions mailbox;
  section.require("name", mailbox.name);
  section.read("phone", mailbox.phone.uri);
  section.read("pin", mailbox.pin);
  const std::string& pin = mailbox.pin.reveal();
  if (!std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; }))
    section.fault("pin", "expected digits, which can be pressed on a telephone");
  section.read("greeting", mailbox.greeting);
  section.read("limit", mailbox.limit, seconds(5));
  section.read("silence", mailbox.silence, seconds(1));
  section.read("shortest", mailbox.shortest);
  section.read("review", mailbox.review);
  section.finish();
  return mailbox;
}

}  // namespace vcsr
